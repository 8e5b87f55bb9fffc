package io.orrery.jepsen.maelstrom;

import io.orrery.jepsen.json.Json;
import io.orrery.kernel.Check;
import java.util.function.Consumer;

/**
 * What a client asks, and the way to answer it: once. A request without {@code msg_id} wants no answer and gets none.
 *
 * <p>For the node's thread.
 */
public final class Request {
    private final Envelope envelope;
    private final Consumer<Envelope> outbox;
    private boolean answered;

    public Request(Envelope envelope, Consumer<Envelope> outbox) {
        this.envelope = envelope;
        this.outbox = outbox;
    }

    /** The body's type; empty if it has none. */
    public String type() {
        String type = envelope.type();
        return type == null ? "" : type;
    }

    /** Whether the body has the member. */
    public boolean has(String name) {
        return envelope.body().member(name) != null;
    }

    /**
     * A member of the body.
     *
     * @throws MalformedMessageException if it is not there
     */
    public Json need(String name) {
        Json value = envelope.body().member(name);
        if (value == null) {
            throw new MalformedMessageException(type() + " needs " + name);
        }
        return value;
    }

    /** A member that is an integer of 64 bits. */
    public long needLong(String name) {
        if (need(name) instanceof Json.Num number && number.isLong()) {
            return number.asLong();
        }
        throw new MalformedMessageException(name + " of " + type() + " is an integer of 64 bits");
    }

    /** Answers with {@code type_ok} and nothing else. */
    public void ok() {
        ok(Json.object());
    }

    /** Answers with {@code type_ok} and the given members. */
    public void ok(Json.Obj members) {
        answer(type() + "_ok", members);
    }

    /** Answers that it was not done, or, with an indefinite code, that nobody knows. */
    public void fail(ErrorCode code, String text) {
        answer("error", Json.object().with("code", code.code()).with("text", text));
    }

    public boolean isAnswered() {
        return answered;
    }

    private void answer(String type, Json.Obj members) {
        Check.that(!answered, "a request is answered once");
        answered = true;
        Json id = envelope.body().member("msg_id");
        if (id == null) {
            return;
        }
        Json.Obj body = Json.object().with("type", type).with("in_reply_to", id);
        for (var member : members.members().entrySet()) {
            body = body.with(member.getKey(), member.getValue());
        }
        outbox.accept(envelope.reply(body));
    }

    @Override
    public String toString() {
        return envelope.line();
    }
}
