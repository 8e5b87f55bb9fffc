package io.orrery.sim.check;

import io.orrery.kernel.Prng;

/** Measures the linearizability checker: {@code java ... LinearizabilitySpeed [operations] [clients]}. */
final class LinearizabilitySpeed {
    private LinearizabilitySpeed() {}

    public static void main(String[] arguments) {
        int operations = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int clients = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        for (long seed = 0; seed < 10; seed++) {
            History history = new RandomRegister(new Prng(seed), clients, operations, 0).run();
            long begin = System.nanoTime();
            LinearizabilityResult result = Linearizability.check(new CasRegister(), history, Budget.DEFAULT);
            long millis = (System.nanoTime() - begin) / 1_000_000;
            System.out.println(operations + " operations of " + clients + " clients on one key: " + result.validity()
                    + " in " + millis + " ms, " + result.steps() + " steps");
        }
    }
}
