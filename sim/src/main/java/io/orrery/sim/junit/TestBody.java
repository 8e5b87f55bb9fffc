package io.orrery.sim.junit;

import io.orrery.sim.Simulation;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExecutableInvoker;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** A test method as the body of a run: a new instance of its class, the methods before it, itself, the methods after it. */
final class TestBody implements SeedBody {
    private record Given(SimCluster cluster, Faults faults) {}

    private static final ThreadLocal<Given> GIVEN = new ThreadLocal<>();

    private final ExtensionContext context;
    private final ExecutableInvoker invoker;
    private final boolean isShared;

    TestBody(ExtensionContext context) {
        this.context = context;
        this.invoker = context.getExecutableInvoker();
        this.isShared = context.getTestInstanceLifecycle()
                .filter(TestInstance.Lifecycle.PER_CLASS::equals)
                .isPresent();
    }

    /** What a parameter of that type is in the run of this thread. */
    static Object parameter(Class<?> type) {
        Given given = GIVEN.get();
        if (given == null) {
            RunScript script = RunScript.of(0, 1);
            Simulation unused = new Simulation(0);
            given = new Given(new SimCluster(unused, script), new Faults(unused, script));
        }
        if (type == SimCluster.class) {
            return given.cluster();
        }
        return type == Faults.class ? given.faults() : given.cluster().simulation();
    }

    @Override
    public void run(SimCluster cluster, Faults faults) throws Throwable {
        GIVEN.set(new Given(cluster, faults));
        try {
            List<Object> instances = instances();
            Throwable failed = null;
            try {
                for (Object instance : instances) {
                    call(instance, BeforeEach.class, HierarchyTraversalMode.TOP_DOWN);
                }
                invoker.invoke(context.getRequiredTestMethod(), instances.get(instances.size() - 1));
            } catch (Throwable thrown) {
                failed = thrown;
            }
            after(instances, failed);
        } finally {
            GIVEN.remove();
        }
    }

    /** Calls what comes after, whatever came before; the first failure stands. */
    private void after(List<Object> instances, Throwable failed) throws Throwable {
        Throwable first = failed;
        for (int i = instances.size() - 1; i >= 0; i--) {
            try {
                call(instances.get(i), AfterEach.class, HierarchyTraversalMode.BOTTOM_UP);
            } catch (Throwable thrown) {
                if (first == null) {
                    first = thrown;
                } else if (first != thrown) {
                    first.addSuppressed(thrown);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void call(Object instance, Class<? extends Annotation> annotation, HierarchyTraversalMode order) {
        for (Method method : AnnotationSupport.findAnnotatedMethods(instance.getClass(), annotation, order)) {
            invoker.invoke(method, instance);
        }
    }

    /** The instance that the method is called on, after those of the classes around it. */
    private List<Object> instances() {
        List<Object> given = context.getRequiredTestInstances().getAllInstances();
        if (isShared) {
            return given;
        }
        List<Object> fresh = new ArrayList<>();
        for (Object old : given) {
            Constructor<?> constructor = old.getClass().getDeclaredConstructors()[0];
            fresh.add(
                    fresh.isEmpty()
                            ? invoker.invoke(constructor)
                            : invoker.invoke(constructor, fresh.get(fresh.size() - 1)));
        }
        return fresh;
    }
}
