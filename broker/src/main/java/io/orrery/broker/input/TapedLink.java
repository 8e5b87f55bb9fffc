package io.orrery.broker.input;

import io.orrery.broker.session.ClientLink;
import io.orrery.broker.session.Message;
import io.orrery.broker.session.ReasonCode;
import io.orrery.kernel.journal.Tape;

/** A client's link on a tape: what goes out is folded into the hash, what the link answers is noted. */
final class TapedLink implements ClientLink {
    private static final int PUBLISH = 1;
    private static final int PUB_ACK = 2;
    private static final int PAUSE = 3;
    private static final int CLOSE = 4;

    private final long client;
    private final ClientLink link;
    private final Tape tape;

    TapedLink(long client, ClientLink link, Tape tape) {
        this.client = client;
        this.link = link;
        this.tape = tape;
    }

    @Override
    public boolean publish(
            Message message, int qos, boolean retain, int packetId, boolean duplicate, int[] subscriptionIds) {
        boolean sent = link.publish(message, qos, retain, packetId, duplicate, subscriptionIds);
        if (!tape.isOn()) {
            return sent;
        }
        effect(PUBLISH, packetId * 8L + qos * 4L + (retain ? 2 : 0) + (duplicate ? 1 : 0));
        tape.effect(((long) message.topic().text().hashCode() << 32)
                ^ (message.payload().length() * 31L + subscriptionIds.length));
        return tape.answer(sent);
    }

    @Override
    public void pubAck(int packetId, ReasonCode reason) {
        link.pubAck(packetId, reason);
        effect(PUB_ACK, packetId * 256L + reason.code());
    }

    @Override
    public boolean isWritable() {
        boolean isWritable = link.isWritable();
        return tape.isOn() ? tape.answer(isWritable) : isWritable;
    }

    @Override
    public void pauseReading(boolean pause) {
        link.pauseReading(pause);
        effect(PAUSE, pause ? 1 : 0);
    }

    @Override
    public void close(ReasonCode reason) {
        link.close(reason);
        effect(CLOSE, reason.code());
    }

    private void effect(int kind, long what) {
        if (tape.isOn()) {
            tape.effect((client * 8 + kind << 32) ^ what);
        }
    }
}
