/**
 * What must hold of a broker cluster, stated so that a simulator can check it: no dependency on the simulator itself.
 *
 * <p>{@link io.orrery.broker.check.BrokerInvariants} looks at nodes after their events; a
 * {@link io.orrery.broker.check.DeliveryHistory} is told what simulated clients do and see, and says whether a promise to
 * them was broken. Nothing here is used in production, and nothing here may change what it looks at.
 */
package io.orrery.broker.check;
