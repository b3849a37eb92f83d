using System.ComponentModel;
using System.Diagnostics;

namespace SynapseFs.Cli.Showing;

/// <summary>The person's web browser: the programs of $BROWSER in turn, else xdg-open where there is a screen.</summary>
internal sealed class Browser(IReadOnlyList<string> commands)
{
    // xdg-open and its like return when the browser has taken the address; a browser that stays is left to itself.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Browser Of(Surroundings surroundings)
    {
        if (surroundings.Variable("BROWSER") is { Length: > 0 } chosen)
            return new Browser(chosen.Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var hasScreen = surroundings.Variable("DISPLAY") is { Length: > 0 } || surroundings.Variable("WAYLAND_DISPLAY") is { Length: > 0 };
        return new Browser(hasScreen && surroundings.FindProgram("xdg-open") is { } opener ? [opener] : []);
    }

    /// <returns>False: no program took it.</returns>
    public async Task<bool> TryOpenAsync(string address, CancellationToken cancellationToken)
    {
        foreach (var command in commands)
        {
            if (await TryAsync(command.Split(' ', StringSplitOptions.RemoveEmptyEntries), address, cancellationToken))
                return true;
        }
        return false;
    }

    // "%s" stands for the address; without it, it comes last.
    private static async Task<bool> TryAsync(string[] words, string address, CancellationToken cancellationToken)
    {
        IEnumerable<string> arguments = words.Any(word => word.Contains("%s", StringComparison.Ordinal))
            ? words.Skip(1).Select(word => word.Replace("%s", address, StringComparison.Ordinal))
            : [.. words.Skip(1), address];
        try
        {
            using var program = Process.Start(new ProcessStartInfo(words[0], arguments) { UseShellExecute = false });
            if (program is null)
                return false;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            await program.WaitForExitAsync(limit.Token);
            return program.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such program.
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return true;
        }
    }
}
