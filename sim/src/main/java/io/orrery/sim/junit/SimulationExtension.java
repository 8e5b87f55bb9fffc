package io.orrery.sim.junit;

import io.orrery.sim.Simulation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What JUnit knows of {@link SimulationTest}: the invocations of a test, and the parameters of its methods.
 *
 * <p>An invocation is a batch of seeds, not one seed: a tree of a thousand entries tells nobody anything, and costs more
 * than the runs. Pinned seeds have an invocation each, under their own names.
 */
final class SimulationExtension implements TestTemplateInvocationContextProvider, ParameterResolver {
    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getRequiredTestMethod(), SimulationTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        SimulationTest annotation = AnnotationSupport.findAnnotation(
                        context.getRequiredTestMethod(), SimulationTest.class)
                .orElseThrow(() -> new ExtensionConfigurationException("a simulation test has its annotation"));
        List<Seed> pinned = AnnotationSupport.findRepeatableAnnotations(context.getRequiredTestMethod(), Seed.class);
        Settings settings = Settings.of(
                annotation, name -> context.getConfigurationParameter(name).orElse(null), System::getenv);
        TestName test = new TestName(
                context.getRequiredTestClass().getName(),
                context.getRequiredTestMethod().getName());
        Project project = Project.here();
        return new Batches(test, settings, project)
                .of(pinned).stream().map(batch -> new SeedInvocation(test, settings, batch, project));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == SimCluster.class || type == Faults.class || type == Simulation.class;
    }

    /** JUnit asks for these also before an invocation; what it gets then is never used. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return TestBody.parameter(parameter.getParameter().getType());
    }
}
