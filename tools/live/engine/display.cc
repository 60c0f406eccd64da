// The display library of the live engine, in place of Bochs's "nogui".  The page reads
// the text screen where the VGA keeps it, cell by cell, whenever it needs to, so whatever Bochs
// draws at its own rate is dropped here.

#define BX_PLUGGABLE

#include "bochs.h"
#include "gui.h"
#include "plugin.h"
#include "param_names.h"

class bx_nogui_gui_c : public bx_gui_c {
public:
    bx_nogui_gui_c(void) {}
    DECLARE_GUI_VIRTUAL_METHODS()
};

static bx_nogui_gui_c *theGui = NULL;
IMPLEMENT_GUI_PLUGIN_CODE(nogui)

void bx_nogui_gui_c::specific_init(int, char **, unsigned) {}
void bx_nogui_gui_c::text_update(Bit8u *, Bit8u *, unsigned long, unsigned long, bx_vga_tminfo_t *) {}
void bx_nogui_gui_c::graphics_tile_update(Bit8u *, unsigned, unsigned) {}
void bx_nogui_gui_c::handle_events(void) {}
void bx_nogui_gui_c::flush(void) {}
void bx_nogui_gui_c::clear_screen(void) {}
bool bx_nogui_gui_c::palette_change(Bit8u, Bit8u, Bit8u, Bit8u) { return false; }
unsigned bx_nogui_gui_c::create_bitmap(const unsigned char *, unsigned, unsigned) { return 0; }
unsigned bx_nogui_gui_c::headerbar_bitmap(unsigned, unsigned, void (*)(void)) { return 0; }
void bx_nogui_gui_c::replace_bitmap(unsigned, unsigned) {}
void bx_nogui_gui_c::show_headerbar(void) {}
int bx_nogui_gui_c::get_clipboard_text(Bit8u **, Bit32s *) { return 0; }
int bx_nogui_gui_c::set_clipboard_text(char *, Bit32u) { return 0; }
void bx_nogui_gui_c::mouse_enabled_changed_specific(bool) {}
void bx_nogui_gui_c::exit(void) {}

void bx_nogui_gui_c::dimension_update(unsigned x, unsigned y, unsigned font_height, unsigned, unsigned bpp)
{
    guest_textmode = font_height > 0;
    guest_xres = x;
    guest_yres = y;
    guest_bpp = bpp;
}
