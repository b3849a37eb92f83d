using System.CommandLine;
using SynapseFs.Cli.Commands;

namespace SynapseFs.Cli.Showing;

/// <summary>synapsefs open PATH [--print]: the web page of something in a mount.</summary>
internal static class OpenCommand
{
    public static Command Create(CommandContext context)
    {
        var path = new Argument<string>("PATH") { Description = "A file, directory or link in a mount." };
        var print = new Option<bool>("--print") { Description = "Print the address instead of opening it." };
        var command = new Command(
            "open", "Open the web page of something in a mount, by $BROWSER or xdg-open; where there is no browser, print its address.")
        {
            path, print,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var entity = await MountedEntity.FindAsync(context, parsed.GetRequiredValue(path), cancellationToken);
            entity.RequireId();
            var address = entity.Url ?? throw new CliException($"{entity.Path} has no web page.");
            if (parsed.GetValue(print) || !await Browser.Of(context.Surroundings).TryOpenAsync(address, cancellationToken))
                context.Terminal.Say(address);
            return ExitCodes.Success;
        });
        return command;
    }
}
