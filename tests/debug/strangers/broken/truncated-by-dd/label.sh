# WRONG: writes a name into the MBR of the image, but dd without conv=notrunc cuts the image off
# after the block that it writes.  What is left is the MBR alone.
image=$1
dd if="$image" of="$image.mbr" bs=512 count=1 status=none
printf 'MY OS' | dd of="$image.mbr" bs=1 seek=16 conv=notrunc status=none
dd if="$image.mbr" of="$image" bs=512 count=1 status=none
rm "$image.mbr"
