package io.orrery.kernel.host;

import io.orrery.kernel.loop.NodeEvent;
import io.orrery.kernel.loop.NodeKernel;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A question from outside: runs on the node's thread and completes a future. */
final class CallEvent<T> extends NodeEvent {
    private final Supplier<T> question;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    CallEvent(NodeKernel node, Supplier<T> question) {
        super(node);
        this.question = question;
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    /** The node ended before it could answer. */
    void abandon(String why) {
        answer.completeExceptionally(new HostException(why));
    }

    @Override
    public Kind kind() {
        return Kind.OUTSIDE;
    }

    @Override
    public String subject() {
        return "call";
    }

    @Override
    protected void happen() {
        try {
            answer.complete(question.get());
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        } catch (Error e) {
            answer.completeExceptionally(e);
            throw e;
        }
    }
}
