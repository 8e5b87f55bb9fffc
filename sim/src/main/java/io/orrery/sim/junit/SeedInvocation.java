package io.orrery.sim.junit;

import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/**
 * One invocation of a test: a batch of seeds, each of which runs the method, and the class's methods before and after it.
 */
final class SeedInvocation implements TestTemplateInvocationContext, InvocationInterceptor {
    private final TestName test;
    private final Settings settings;
    private final SeedBatch batch;
    private final Project project;

    SeedInvocation(TestName test, Settings settings, SeedBatch batch, Project project) {
        this.test = test;
        this.settings = settings;
        this.batch = batch;
        this.project = project;
    }

    @Override
    public String getDisplayName(int invocationIndex) {
        return batch.name();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        invocation.skip();
        new Hunt(test, settings, new TestBody(context), project).run(batch);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        invocation.skip();
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        invocation.skip();
    }
}
