package io.orrery.kernel.purity;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Libraries that a package uses stay behind it: users can leave or replace them, and need none to compile against it. */
public final class LibraryFreeApi {
    private LibraryFreeApi() {}

    /**
     * Looks at what public methods of public types take and return.
     *
     * @throws AssertionError if one names a type that is neither Java's nor ours
     */
    public static void check(String packageName) {
        JavaClasses found = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(packageName);
        classes().should(nameNoLibrary()).check(found);
    }

    private static ArchCondition<JavaClass> nameNoLibrary() {
        return new ArchCondition<>("name no library in public members") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getModifiers().contains(JavaModifier.PUBLIC)) {
                    return;
                }
                for (JavaMethod method : type.getMethods()) {
                    if (method.getModifiers().contains(JavaModifier.PUBLIC)) {
                        inspect(method, method.getRawReturnType(), events);
                        method.getRawParameterTypes().forEach(parameter -> inspect(method, parameter, events));
                    }
                }
            }
        };
    }

    private static void inspect(JavaMember member, JavaClass named, ConditionEvents events) {
        String name = named.getBaseComponentType().getPackageName();
        if (!named.getBaseComponentType().isPrimitive()
                && !name.startsWith("java.")
                && !name.startsWith("io.orrery.")) {
            events.add(SimpleConditionEvent.violated(member, member.getFullName() + " names " + named.getName()));
        }
    }
}
