package io.orrery.server.config;

import java.util.List;
import java.util.regex.Pattern;

/** Which environment variables are settings. */
final class EnvironmentNames {
    /** Read by the launcher, by the tools and by the simulator. */
    private static final List<String> OTHERS =
            List.of("ORRERY_API", "ORRERY_CONFIG", "ORRERY_HOME", "ORRERY_JAVA", "ORRERY_JAVA_OPTS", "ORRERY_SEED");

    /** What Kubernetes puts into every pod for a service whose name begins with "orrery". */
    private static final Pattern KUBERNETES =
            Pattern.compile("ORRERY_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP)(_.*)?)");

    private EnvironmentNames() {}

    static boolean isForConfig(String name, String text) {
        if (!name.startsWith("ORRERY_") || OTHERS.contains(name)) {
            return false;
        }
        boolean isServiceLink = text.startsWith("tcp://") || text.startsWith("udp://");
        return !isServiceLink && !KUBERNETES.matcher(name).matches();
    }
}
