package io.orrery.gossip.swim;

import io.orrery.gossip.Member;
import io.orrery.gossip.MembershipListener;
import io.orrery.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;

/** Those who hear of changes, each by a deferred event, in the order of the changes. */
public final class Listeners {
    private final Kernel kernel;
    private final List<MembershipListener> listeners = new ArrayList<>();

    public Listeners(Kernel kernel) {
        this.kernel = kernel;
    }

    public void add(MembershipListener listener) {
        listeners.add(listener);
    }

    /**
     * @param before null if the member is new
     */
    public void onChange(Member before, Member after) {
        for (MembershipListener listener : listeners) {
            kernel.defer(() -> listener.onChange(before, after));
        }
    }

    public boolean isEmpty() {
        return listeners.isEmpty();
    }

    public void onReaped(Member last) {
        for (MembershipListener listener : listeners) {
            kernel.defer(() -> listener.onReaped(last));
        }
    }
}
