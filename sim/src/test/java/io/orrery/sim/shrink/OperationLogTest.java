package io.orrery.sim.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.sim.run.Workload;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class OperationLogTest {
    @Test
    void nothingThatAWorkloadSaysIsLostOnTheWay() throws NoSuchMethodException {
        for (Method asked : Workload.class.getMethods()) {
            Method answered = OperationLog.class.getMethod(asked.getName(), asked.getParameterTypes());
            assertThat(answered.getDeclaringClass()).as(asked.getName()).isEqualTo(OperationLog.class);
        }
    }
}
