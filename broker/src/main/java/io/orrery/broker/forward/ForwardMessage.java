package io.orrery.broker.forward;

import io.orrery.broker.session.Message;

/** What nodes say to each other about publishes; protocol 6, on streams. */
public sealed interface ForwardMessage {
    /**
     * A message for the subscribers of the receiving node.
     *
     * @param link which of the sender's links; a later one has a higher number
     * @param target the generation of the receiver that it is meant for
     * @param sequence from 1, without gaps on a link
     */
    record Publish(LinkId link, long target, long sequence, Message message) implements ForwardMessage {}

    /**
     * All messages of a link up to a number have been handed over.
     *
     * @param upTo a sequence number; 0 for none yet
     */
    record Ack(LinkId link, long upTo) implements ForwardMessage {}

    /**
     * Names a link of a sender for ever.
     *
     * @param generation of the sender when it made the link
     * @param number counts the links of that generation
     */
    record LinkId(long generation, long number) implements Comparable<LinkId> {
        @Override
        public int compareTo(LinkId other) {
            int byGeneration = Long.compare(generation, other.generation);
            return byGeneration != 0 ? byGeneration : Long.compare(number, other.number);
        }
    }
}
