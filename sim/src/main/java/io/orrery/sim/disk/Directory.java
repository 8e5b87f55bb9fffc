package io.orrery.sim.disk;

import io.orrery.kernel.Storage.FileStat;
import io.orrery.sim.choice.ChoiceStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names of files, and the changes to them that are not durable yet.
 *
 * <ul>
 *   <li>I1: undoing the journal, newest first, yields what is durable.
 *   <li>I2: no change in the journal is older than a durable one with which it shares a name.
 * </ul>
 *
 * <p>A creation is durable with the first completed sync of the file, or with a completed rename or deletion of the name.
 */
final class Directory {
    private final TreeMap<String, Inode> names = new TreeMap<>();
    private final List<NameChange> journal = new ArrayList<>();
    /** Of these a lying disk said that they are durable; an honest sync of any file makes them so. */
    private final List<NameChange> promised = new ArrayList<>();

    private long version;

    Inode find(String name) {
        return names.get(name);
    }

    /** Counts changes, so that whoever remembers an inode by name knows when to look again. */
    long version() {
        return version;
    }

    Inode create(String name, long lastDueNanos) {
        Inode inode = new Inode(lastDueNanos);
        add(new NameChange(null, name, inode, null));
        return inode;
    }

    /** The change, to be made durable when it completes; the name exists. */
    NameChange rename(String from, String to) {
        NameChange change = new NameChange(from, to, names.get(from), names.get(to));
        add(change);
        return change;
    }

    /** The change, to be made durable when it completes; the name exists. */
    NameChange delete(String name) {
        NameChange change = new NameChange(name, null, names.get(name), null);
        add(change);
        return change;
    }

    private void add(NameChange change) {
        change.redo(names);
        journal.add(change);
        version++;
    }

    /** Makes a change durable, and with it the older ones that it builds on. */
    void harden(NameChange change) {
        int at = indexOf(change);
        if (at < 0) {
            return;
        }
        List<NameChange> durable = new ArrayList<>();
        durable.add(change);
        journal.remove(at);
        for (int i = at - 1; i >= 0; i--) {
            NameChange older = journal.get(i);
            if (sharesAny(older, durable)) {
                durable.add(older);
                journal.remove(i);
            }
        }
    }

    /** A lying disk says that the change is durable. */
    void promise(NameChange change) {
        if (indexOf(change) >= 0) {
            promised.add(change);
        }
    }

    /** Makes the existence of a file durable under the name it has now. */
    void harden(Inode inode) {
        for (int i = 0; i < promised.size(); i++) {
            harden(promised.get(i));
        }
        promised.clear();
        for (int i = journal.size() - 1; i >= 0; i--) {
            NameChange change = journal.get(i);
            if (change.inode() == inode && change.from() == null) {
                harden(change);
                return;
            }
        }
    }

    private int indexOf(NameChange change) {
        for (int i = 0; i < journal.size(); i++) {
            if (journal.get(i) == change) {
                return i;
            }
        }
        return -1;
    }

    private static boolean sharesAny(NameChange change, List<NameChange> others) {
        for (NameChange other : others) {
            if (change.shares(other)) {
                return true;
            }
        }
        return false;
    }

    /** Loses or keeps each change that is not durable, then lets each file suffer its own fate. */
    void crash(int sectorBytes, ChoiceStream luck, DiskCounters counters) {
        for (int i = journal.size() - 1; i >= 0; i--) {
            journal.get(i).undo(names);
        }
        List<NameChange> lost = new ArrayList<>();
        for (NameChange change : journal) {
            if (luck.below(2) == 0 || sharesAny(change, lost)) {
                lost.add(change);
                counters.namesLost++;
                counters.promisesBroken += isPromised(change) ? 1 : 0;
            } else {
                change.redo(names);
            }
        }
        journal.clear();
        promised.clear();
        version++;
        for (Map.Entry<String, Inode> entry : names.entrySet()) {
            entry.getValue().crash(sectorBytes, luck.fork(entry.getKey()), counters);
        }
    }

    private boolean isPromised(NameChange change) {
        for (NameChange said : promised) {
            if (said == change) {
                return true;
            }
        }
        return change.from() == null && change.inode().hasPromises();
    }

    /** Each file forgets what is only in memory and will never be written. */
    void evict(DiskCounters counters) {
        for (Inode inode : names.values()) {
            inode.evict(counters);
        }
    }

    /** Nothing is left. */
    void wipe() {
        names.clear();
        journal.clear();
        promised.clear();
        version++;
    }

    /** Bytes in all files. */
    long totalBytes() {
        long total = 0;
        for (Inode inode : names.values()) {
            total += inode.length();
        }
        return total;
    }

    /** Files that have something durable, with their names. */
    List<Map.Entry<String, Inode>> durableFiles() {
        List<Map.Entry<String, Inode>> found = new ArrayList<>();
        for (Map.Entry<String, Inode> entry : names.entrySet()) {
            if (entry.getValue().durableLength() > 0) {
                found.add(entry);
            }
        }
        return found;
    }

    /** The names that begin with {@code prefix} and have no slash after it. */
    List<FileStat> list(String prefix) {
        List<FileStat> found = new ArrayList<>();
        for (Map.Entry<String, Inode> entry : names.tailMap(prefix, true).entrySet()) {
            String name = entry.getKey();
            if (!name.startsWith(prefix)) {
                break;
            }
            if (name.indexOf('/', prefix.length()) < 0) {
                found.add(new FileStat(
                        name.substring(prefix.length()), entry.getValue().length()));
            }
        }
        return found;
    }
}
