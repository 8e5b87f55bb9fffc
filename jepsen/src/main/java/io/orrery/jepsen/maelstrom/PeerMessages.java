package io.orrery.jepsen.maelstrom;

import io.orrery.jepsen.json.Json;
import io.orrery.jepsen.peer.Ack;
import io.orrery.jepsen.peer.Segment;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The bodies that our nodes send each other: frames as base64, three types. */
final class PeerMessages {
    static final String DATAGRAM = "orrery-datagram";
    static final String SEGMENT = "orrery-segment";
    static final String ACK = "orrery-ack";

    private PeerMessages() {}

    static boolean isPeerType(String type) {
        return DATAGRAM.equals(type) || SEGMENT.equals(type) || ACK.equals(type);
    }

    static Json.Obj datagram(byte[] frame) {
        return Json.object().with("type", DATAGRAM).with("frame", base64(frame));
    }

    static Json.Obj segment(Segment segment) {
        List<Json> frames = new ArrayList<>();
        for (byte[] frame : segment.frames()) {
            frames.add(Json.of(base64(frame)));
        }
        return Json.object()
                .with("type", SEGMENT)
                .with("epoch", segment.epoch())
                .with("first", segment.first())
                .with("frames", Json.of(frames));
    }

    static Json.Obj ack(Ack ack) {
        return Json.object().with("type", ACK).with("epoch", ack.epoch()).with("next", ack.next());
    }

    static byte[] readDatagram(Json.Obj body) {
        return frame(body.member("frame"));
    }

    static Segment readSegment(Json.Obj body) {
        if (!(body.member("frames") instanceof Json.Arr array) || array.items().isEmpty()) {
            throw new MalformedMessageException("a segment has frames");
        }
        List<byte[]> frames = new ArrayList<>();
        for (Json item : array.items()) {
            frames.add(frame(item));
        }
        return new Segment(count(body, "epoch"), count(body, "first"), frames);
    }

    static Ack readAck(Json.Obj body) {
        return new Ack(count(body, "epoch"), count(body, "next"));
    }

    private static long count(Json.Obj body, String name) {
        Long value = body.number(name);
        if (value == null || value < 0) {
            throw new MalformedMessageException(name + " is an integer from 0");
        }
        return value;
    }

    private static String base64(byte[] frame) {
        return Base64.getEncoder().encodeToString(frame);
    }

    private static byte[] frame(Json text) {
        if (text instanceof Json.Str str) {
            try {
                return Base64.getDecoder().decode(str.value());
            } catch (IllegalArgumentException notBase64) {
                throw new MalformedMessageException("a frame is base64");
            }
        }
        throw new MalformedMessageException("a frame is base64");
    }
}
