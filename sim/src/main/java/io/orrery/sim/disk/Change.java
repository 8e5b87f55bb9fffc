package io.orrery.sim.disk;

import io.orrery.kernel.codec.Bytes;
import io.orrery.sim.choice.ChoiceStream;

/** A change of a file's content that is not durable yet, with what it takes to undo and redo it. */
abstract class Change {
    /** What a power loss makes of it. */
    enum State {
        /** Not synced: drawn. */
        DIRTY,
        /** Durable, but an older change that is not stands before it. */
        DURABLE,
        /** Readers see it, the device never will: a failed sync gave it up, or it was written to another place. */
        DROPPED
    }

    State state = State.DIRTY;
    /** A sync that covered it succeeded, and lied. */
    boolean isPromised;
    /** Length of the file before. */
    final long lengthBefore;

    Change(long lengthBefore) {
        this.lengthBefore = lengthBefore;
    }

    /** How much of a file's budget of unsynced changes this takes. */
    abstract long weightBytes();

    abstract void undo(PagedBytes content);

    abstract void redo(PagedBytes content);

    /** Whether {@link #redoTorn} differs from doing all or nothing. */
    abstract boolean canTear(int sectorBytes);

    /** Redoes some sectors and not others, as drawn. */
    abstract void redoTorn(PagedBytes content, int sectorBytes, ChoiceStream luck);

    /** The same change of a content that differs from what it was made for. */
    final Change again(PagedBytes content) {
        Change again = copy(content);
        again.state = state;
        again.isPromised = isPromised;
        return again;
    }

    abstract Change copy(PagedBytes content);

    /** Bytes written at an offset. */
    static final class Write extends Change {
        private final long offset;
        private final Bytes data;
        private final byte[] overwritten;

        Write(PagedBytes content, long offset, Bytes data) {
            super(content.length());
            this.offset = offset;
            this.data = Bytes.copyOf(data.array(), data.offset(), data.length());
            this.overwritten = content.read(offset, data.length());
        }

        @Override
        long weightBytes() {
            return data.length() + overwritten.length + 64L;
        }

        @Override
        void undo(PagedBytes content) {
            content.write(offset, overwritten, 0, overwritten.length);
            content.resize(lengthBefore);
        }

        @Override
        void redo(PagedBytes content) {
            content.write(offset, data.array(), data.offset(), data.length());
        }

        @Override
        boolean canTear(int sectorBytes) {
            return sectors(sectorBytes) > 1;
        }

        private int sectors(int sectorBytes) {
            long first = offset / sectorBytes;
            long last = (offset + data.length() - 1) / sectorBytes;
            return data.isEmpty() ? 0 : (int) (last - first + 1);
        }

        @Override
        void redoTorn(PagedBytes content, int sectorBytes, ChoiceStream luck) {
            int sectors = sectors(sectorBytes);
            int lost = luck.below(sectors);
            int at = 0;
            for (int sector = 0; sector < sectors; sector++) {
                long boundary = (offset + at) / sectorBytes * sectorBytes + sectorBytes;
                int end = (int) Math.min(data.length(), boundary - offset);
                if (sector != lost && luck.below(2) == 0) {
                    content.write(offset + at, data.array(), data.offset() + at, end - at);
                }
                at = end;
            }
            if (luck.below(2) == 0 && content.length() < offset + data.length()) {
                content.resize(offset + data.length());
            }
        }

        @Override
        Change copy(PagedBytes content) {
            return new Write(content, offset, data);
        }
    }

    /** The file cut or extended. */
    static final class Cut extends Change {
        private final long lengthAfter;
        private final byte[] removed;

        Cut(PagedBytes content, long lengthAfter) {
            super(content.length());
            this.lengthAfter = lengthAfter;
            this.removed = content.read(lengthAfter, (int) Math.max(0, content.length() - lengthAfter));
        }

        @Override
        long weightBytes() {
            return removed.length + 64L;
        }

        @Override
        void undo(PagedBytes content) {
            content.resize(lengthBefore);
            content.write(lengthAfter, removed, 0, removed.length);
        }

        @Override
        void redo(PagedBytes content) {
            content.resize(lengthAfter);
        }

        @Override
        boolean canTear(int sectorBytes) {
            return false;
        }

        @Override
        void redoTorn(PagedBytes content, int sectorBytes, ChoiceStream luck) {
            redo(content);
        }

        @Override
        Change copy(PagedBytes content) {
            return new Cut(content, lengthAfter);
        }
    }
}
