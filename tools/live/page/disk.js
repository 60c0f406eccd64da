// The PC's medium: the given image, never changed, and the blocks that the guest has
// written on top of it.  The engine sees a file in its small file system.

const BLOCK = 4096;

export class Disk {
    constructor(files, path, image) {
        this.image = image;
        this.written = new Map(); // block number -> its bytes, never changed once stored
        this.shared = false;      // a snapshot holds the map
        files.mkdir('/pc');
        files.writeFile(path, new Uint8Array(0));
        files.utime(path, 0, 0); // Bochs remembers a medium's date: that of its making must not get into snapshots
        const { node } = files.lookupPath(path);
        node.usedBytes = image.length;
        node.stream_ops = { ...node.stream_ops,
            read: (stream, buffer, offset, length, position) => this.read(buffer, offset, length, position),
            write: (stream, buffer, offset, length, position) => this.write(buffer, offset, length, position),
        };
    }

    block(number) {
        return this.written.get(number) ?? this.image.subarray(number * BLOCK, (number + 1) * BLOCK);
    }

    read(buffer, offset, length, position) {
        const most = Math.max(0, Math.min(length, this.image.length - position));
        for (let done = 0; done < most;) {
            const at = (position + done) % BLOCK;
            const part = this.block(Math.floor((position + done) / BLOCK)).subarray(at, at + most - done);
            buffer.set(part, offset + done);
            done += part.length;
        }
        return most;
    }

    write(buffer, offset, length, position) {
        const most = Math.max(0, Math.min(length, this.image.length - position));
        if (this.shared)
            [this.written, this.shared] = [new Map(this.written), false];
        for (let done = 0; done < most;) {
            const number = Math.floor((position + done) / BLOCK), at = (position + done) % BLOCK;
            const block = this.block(number).slice();
            const part = Math.min(block.length - at, most - done);
            block.set(buffer.subarray(offset + done, offset + done + part), at);
            this.written.set(number, block);
            done += part;
        }
        return most;
    }

    // What a snapshot saves, and restores
    save() {
        this.shared = true;
        return this.written;
    }

    restore(written) {
        this.written = written;
        this.shared = true;
    }
}
