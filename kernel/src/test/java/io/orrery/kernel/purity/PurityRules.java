package io.orrery.kernel.purity;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What pure code may not touch, since it differs between runs, JVMs or machines.
 *
 * <ol>
 *   <li>P1 no packages of the outside: threads, clocks, files, sockets, security, logging, transports.
 *   <li>P2 no types whose iteration order or content depends on identity, salt or the machine.
 *   <li>P3 no calls that read a clock, the environment, identity, or the JVM's salt.
 *   <li>P4 no static state that changes: all nodes of a simulation share one JVM.
 *   <li>P5 no floating point in fields and signatures; chance and time are integers.
 * </ol>
 *
 * <p>Calls are matched by method name and not only by owner, as bytecode names the receiver's static type.
 */
public final class PurityRules {
    private static final List<String> PACKAGES = List.of(
            "java.io.",
            "java.net.",
            "java.nio.channels.",
            "java.nio.file.",
            "java.rmi.",
            "java.security.",
            "java.sql.",
            "java.time.",
            "java.util.concurrent.",
            "java.util.logging.",
            "java.util.random.",
            "java.util.prefs.",
            "javax.",
            "jdk.",
            "sun.",
            "io.netty.",
            "io.aeron.",
            "org.agrona.",
            "org.jctools.",
            "org.slf4j.",
            "ch.qos.");

    private static final Set<String> TYPES = Set.of(
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.ProcessHandle",
            "java.lang.Runtime",
            "java.lang.System$Logger",
            "java.lang.Thread",
            "java.lang.ThreadGroup",
            "java.lang.ThreadLocal",
            "java.lang.InheritableThreadLocal",
            "java.lang.ref.WeakReference",
            "java.lang.ref.SoftReference",
            "java.lang.ref.PhantomReference",
            "java.lang.ref.Cleaner",
            "java.util.Calendar",
            "java.util.Date",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.Hashtable",
            "java.util.IdentityHashMap",
            "java.util.Locale",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.Timer",
            "java.util.TimerTask",
            "java.util.TimeZone",
            "java.util.UUID",
            "java.util.WeakHashMap");

    private static final Set<String> CALLS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.identityHashCode",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.System.getProperties",
            "java.lang.System.lineSeparator",
            "java.lang.System.exit",
            "java.lang.Math.random",
            "java.lang.StrictMath.random",
            "java.lang.Object.hashCode",
            "java.lang.Object.wait",
            "java.lang.Object.notify",
            "java.lang.Object.notifyAll",
            "java.lang.Enum.hashCode",
            "java.lang.Class.hashCode",
            "java.lang.String.format",
            "java.lang.String.formatted",
            "java.lang.Integer.getInteger",
            "java.lang.Long.getLong",
            "java.lang.Boolean.getBoolean",
            "java.util.Set.of",
            "java.util.Set.copyOf",
            "java.util.Map.of",
            "java.util.Map.ofEntries",
            "java.util.Map.copyOf",
            "java.util.Collections.shuffle",
            "java.util.stream.Collectors.toSet",
            "java.util.stream.Collectors.toUnmodifiableSet",
            "java.util.stream.Collectors.toMap",
            "java.util.stream.Collectors.toUnmodifiableMap",
            "java.util.stream.Collectors.groupingBy",
            "java.util.stream.Collectors.partitioningBy");

    /** Bound to a method name on any receiver. */
    private static final Set<String> METHOD_NAMES = Set.of("parallelStream", "parallel", "finalize");

    private static final Set<String> FLOATS = Set.of("float", "double", "java.lang.Float", "java.lang.Double");

    private static final ImportOption PRODUCTION = location ->
            !location.contains("/test-classes/") && !location.contains("/test/") && !location.contains("-tests.jar");

    private final TreeSet<String> allowed = new TreeSet<>();

    private PurityRules() {}

    /** All rules, without exceptions. */
    public static PurityRules strict() {
        return new PurityRules();
    }

    /** Lets one class break one rule; each use says why beside it. */
    public PurityRules allowing(String rule, Class<?> in) {
        allowed.add(rule + " " + in.getName());
        return this;
    }

    /** Checks the production classes of a package and those below it. */
    public void check(String basePackage, String... exceptPackages) {
        JavaClasses classes =
                new ClassFileImporter().withImportOption(PRODUCTION).importPackages(basePackage);
        List<JavaClass> pure = new ArrayList<>();
        for (JavaClass candidate : classes) {
            if (Stream.of(exceptPackages).noneMatch(p -> (candidate.getPackageName() + ".").startsWith(p + "."))) {
                pure.add(candidate);
            }
        }
        if (pure.isEmpty()) {
            throw new AssertionError("no classes found below " + basePackage + ": the check would check nothing");
        }
        List<String> offences = offences(pure);
        if (!offences.isEmpty()) {
            throw new AssertionError(offences.size() + " offences against purity:\n  " + String.join("\n  ", offences));
        }
    }

    /** Checks one class file's worth of classes, for the test of these rules. */
    static List<String> offencesOf(Class<?> type) {
        JavaClasses classes = new ClassFileImporter().importClasses(type);
        return strict().offences(List.copyOf(new ArrayList<>(classes)));
    }

    private List<String> offences(List<JavaClass> classes) {
        TreeSet<String> offences = new TreeSet<>();
        for (JavaClass type : classes) {
            dependencies(type, offences);
            accesses(type, offences);
            fields(type, offences);
            signatures(type, offences);
        }
        return new ArrayList<>(offences);
    }

    private void dependencies(JavaClass type, Set<String> offences) {
        type.getDirectDependenciesFromSelf().forEach(dependency -> {
            String target = dependency.getTargetClass().getBaseComponentType().getName();
            if (PACKAGES.stream().anyMatch(target::startsWith)) {
                offence("P1", type, "uses " + target, offences);
            }
            if (TYPES.contains(target)) {
                offence("P2", type, "uses " + target, offences);
            }
        });
    }

    private void accesses(JavaClass type, Set<String> offences) {
        Stream<JavaAccess<?>> accesses =
                Stream.concat(type.getAccessesFromSelf().stream(), type.getMethodReferencesFromSelf().stream());
        accesses.forEach(access -> {
            AccessTarget target = access.getTarget();
            String call = target.getOwner().getName() + "." + target.getName();
            boolean hashesEnum =
                    target.getName().equals("hashCode") && target.getOwner().isEnum();
            if (hashesEnum || CALLS.contains(call) || METHOD_NAMES.contains(target.getName())) {
                offence(
                        "P3",
                        type,
                        "calls " + call + " in " + access.getOrigin().getName(),
                        offences);
            }
        });
    }

    private void fields(JavaClass type, Set<String> offences) {
        for (JavaField field : type.getFields()) {
            boolean isStatic = field.getModifiers().contains(JavaModifier.STATIC);
            if (isStatic && !field.getModifiers().contains(JavaModifier.FINAL)) {
                offence("P4", type, "has the changing static field " + field.getName(), offences);
            }
            if (FLOATS.contains(field.getRawType().getBaseComponentType().getName())) {
                offence("P5", type, "has the floating-point field " + field.getName(), offences);
            }
        }
    }

    private void signatures(JavaClass type, Set<String> offences) {
        for (JavaCodeUnit unit : type.getCodeUnits()) {
            Stream<JavaClass> types =
                    Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream());
            if (types.anyMatch(IS_FLOAT)) {
                offence("P5", type, "has floating point in the signature of " + unit.getName(), offences);
            }
        }
    }

    private static final DescribedPredicate<JavaClass> IS_FLOAT = DescribedPredicate.describe(
            "floating point",
            type -> FLOATS.contains(type.getBaseComponentType().getName()));

    private void offence(String rule, JavaClass type, String what, Set<String> offences) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        if (!allowed.contains(rule + " " + outer.getName())) {
            offences.add(rule + " " + type.getName() + " " + what);
        }
    }
}
