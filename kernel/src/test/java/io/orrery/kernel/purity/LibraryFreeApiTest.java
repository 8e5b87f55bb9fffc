package io.orrery.kernel.purity;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LibraryFreeApiTest {
    @Test
    void packageWhoseMethodsNameALibraryIsRefusedByTheName() {
        AssertionError refused =
                assertThrows(AssertionError.class, () -> LibraryFreeApi.check("com.tngtech.archunit.base"));
        assertTrue(refused.getMessage().contains("names com.tngtech.archunit.base."), refused.getMessage());
    }
}
