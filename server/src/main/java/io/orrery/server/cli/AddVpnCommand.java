package io.orrery.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** EventMesh's {@code add_vpn --name=vpn --port=4001}: a VPN is a namespace, the port that of a node's admin interface. */
@Command(name = "add_vpn", mixinStandardHelpOptions = true, description = "EventMesh's word for 'namespace add'.")
final class AddVpnCommand implements Runnable {
    @ParentCommand
    private OrreryCommand root;

    @Mixin
    private ApiOptions options;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Of the VPN.")
    private String name;

    @Option(names = "--port", paramLabel = "PORT", description = "Of a node's admin interface on this machine.")
    private int port;

    @Override
    public void run() {
        root.console().print(NamespaceCommand.change(root, options.atPort(port), "add", name));
    }
}
