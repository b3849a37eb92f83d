using System.Text;
using SynapseFs.Cli.Output;

namespace SynapseFs.Cli.Accounts;

/// <summary>Asks for a token: typed unseen at a terminal, otherwise the first line of standard input.</summary>
internal static class TokenPrompt
{
    public static string Ask(Terminal terminal)
    {
        var token = Console.IsInputRedirected ? Console.In.ReadLine() : AskUnseen(terminal);
        return token?.Trim() is { Length: > 0 } given && !given.Any(char.IsWhiteSpace)
            ? given
            : throw new CliException($"No token was given. Make one with view, download and modify at {TokenScopes.TokenPage} and paste it, or pipe it in.");
    }

    private static string AskUnseen(Terminal terminal)
    {
        terminal.Error.WriteLine($"Make a token with the scopes view, download and modify at {TokenScopes.TokenPage}");
        terminal.Error.Write("Paste it here (it stays unseen): ");
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }
        terminal.Error.WriteLine();
        return typed.ToString();
    }
}
