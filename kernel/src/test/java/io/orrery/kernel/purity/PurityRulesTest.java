package io.orrery.kernel.purity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.kernel.purity.offence.Offences;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PurityRulesTest {
    static Stream<Class<?>> offenders() {
        return Stream.of(Offences.class.getDeclaredClasses())
                .filter(type -> type.isAnnotationPresent(Offences.Breaks.class));
    }

    @ParameterizedTest
    @MethodSource("offenders")
    void eachOffenceIsCaughtByItsRule(Class<?> offender) {
        String rule = offender.getAnnotation(Offences.Breaks.class).value();
        assertThat(PurityRules.offencesOf(offender)).anyMatch(offence -> offence.startsWith(rule + " "));
    }

    @Test
    void innocentCodeIsNotAccused() {
        assertThat(PurityRules.offencesOf(Offences.Innocent.class)).isEmpty();
    }

    @Test
    void aPackageWithoutClassesIsAnErrorAndNotASuccess() {
        assertThatThrownBy(() -> PurityRules.strict().check("io.orrery.nothing"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no classes found");
    }
}
