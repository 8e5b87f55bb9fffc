package io.orrery.sim.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What JUnit made of a test, launched as a tool would.
 *
 * @param invocations in the order they ended, by their display names
 * @param failures what failing ones and failing containers ended with
 */
public record Launched(List<String> invocations, List<Throwable> failures) {
    /** Launches the methods of that name of a class. */
    public static Launched method(Class<?> type, String method, Map<String, String> parameters) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(type, methodOf(type, method)))
                .configurationParameters(parameters)
                .build();
        Launched launched = new Launched(new ArrayList<>(), new ArrayList<>());
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    launched.invocations.add(test.getDisplayName());
                }
                result.getThrowable().ifPresent(launched.failures::add);
            }
        });
        return launched;
    }

    private static Method methodOf(Class<?> type, String name) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(name)) {
                return method;
            }
        }
        throw new IllegalArgumentException("there is no method " + name + " in " + type);
    }

    /** The one failure's message. */
    public String message() {
        if (failures.size() != 1) {
            throw new AssertionError("expected one failure, found " + failures);
        }
        return failures.get(0).getMessage();
    }
}
