/**
 * MQTT 3.1, 3.1.1 and 5 on TCP: sockets, packets, keep-alive and limits; the sessions behind them are the broker's.
 *
 * <p>Each connection has two halves: one on its event loop, which reads, checks and translates packets, and one on the
 * node's thread, which calls the {@link io.orrery.broker.session.ClientSession} and is called by it. They meet in two
 * bounded queues, {@link io.orrery.server.mqtt.Inflow} and {@link io.orrery.server.mqtt.Outflow}. Bad packets are counted
 * and close their connection; nothing a client sends reaches the node unchecked.
 *
 * <p>Start with {@link io.orrery.server.mqtt.MqttListener} and {@link io.orrery.server.mqtt.MqttConnection}.
 */
package io.orrery.server.mqtt;
