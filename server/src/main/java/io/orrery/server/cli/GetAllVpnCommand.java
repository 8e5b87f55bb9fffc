package io.orrery.server.cli;

import io.orrery.server.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** EventMesh's {@code get_all_vpn --port=4002}. */
@Command(name = "get_all_vpn", mixinStandardHelpOptions = true, description = "EventMesh's word for 'get namespaces'.")
final class GetAllVpnCommand implements Runnable {
    @ParentCommand
    private OrreryCommand root;

    @Mixin
    private ApiOptions options;

    @Option(names = "--port", paramLabel = "PORT", description = "Of a node's admin interface on this machine.")
    private int port;

    @Override
    public void run() {
        Json answer = options.atPort(port).client(root.console()).ask("/v1/namespaces");
        root.console().print(options.show(answer, GetCommand::namespaces));
    }
}
