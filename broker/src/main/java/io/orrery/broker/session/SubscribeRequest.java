package io.orrery.broker.session;

/**
 * One line of a SUBSCRIBE packet, as the client sent it.
 *
 * @param filter unchecked text
 * @param qos asked for, 0 to 2; at most 1 is granted
 * @param noLocal whether the client's own messages are kept from it
 * @param retainAsPublished whether the retain flag is passed on
 * @param subscriptionId 1 to 268,435,455; 0 if absent
 */
public record SubscribeRequest(String filter, int qos, boolean noLocal, boolean retainAsPublished, int subscriptionId) {
    public static SubscribeRequest of(String filter, int qos) {
        return new SubscribeRequest(filter, qos, false, false, 0);
    }
}
