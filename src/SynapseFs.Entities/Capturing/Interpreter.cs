namespace SynapseFs.Entities.Capturing;

/// <summary>
/// What the options of an interpreter's command line mean, as far as that tells which file it runs. Options are words with spaces between: one
/// letter for "-x", more for "--long". An option that is not here stands alone. Pure.
/// </summary>
/// <param name="Names">Its programs; digits and signs may follow (python3.13).</param>
/// <param name="Inline">They bring or name the program itself: no script follows.</param>
/// <param name="Files">Their value is a script.</param>
/// <param name="Valued">Their value is the rest of the word, or else the next one.</param>
/// <param name="Attached">Their value, if any, is the rest of the word.</param>
internal sealed record Interpreter(string Names, string Inline = "", string Files = "", string Valued = "", string Attached = "")
{
    private static readonly Interpreter[] All =
    [
        new("python pypy", Inline: "c m", Valued: "W X check-hash-based-pycs"),
        new("perl", Inline: "e E", Valued: "I", Attached: "D F M V i m x :"),
        new("ruby", Inline: "e", Valued: "C E I r", Attached: "F K T W i x"),
        new("node nodejs", Inline: "e p eval print", Valued: "C r conditions env-file experimental-loader import loader require"),
        new("Rscript", Inline: "e"),
        new("R", Inline: "e args", Files: "f file", Valued: "d g debugger gui") { HasOperand = false },
        new("awk gawk mawk nawk original-awk", Files: "E f exec file", Valued: "F e i l v assign field-separator include load source", Attached: "W")
        {
            HasOperand = false,
        },
        new("php", Inline: "B E R r run", Files: "F f file process-file", Valued: "S c d t z"),
        new("lua luajit", Valued: "e l"),
        new("julia", Inline: "E e eval print", Files: "L load", Valued: "C H J p t procs threads", Attached: "O g"),
        new("octave octave-cli octave-gui", Inline: "eval", Valued: "p path"),
        new("guile", Inline: "c", Files: "l s", Valued: "L e"),
        new("tclsh wish"),
        new("deno bun", Inline: "e eval") { Verb = "run" },
        new("java", Inline: "m module", Files: "jar", Valued: "class-path classpath cp module-path p") { HasLongDash = true },
        new("pwsh", Inline: "Command EncodedCommand c", Files: "File f", Valued: "ExecutionPolicy WorkingDirectory") { HasLongDash = true },
    ];

    private static readonly Interpreter Shell = new("", Inline: "c s command", Valued: "O o init-command init-file rcfile");

    /// <summary>Whether the first word that is no option is a script, and not the program itself or data.</summary>
    public bool HasOperand { get; init; } = true;

    /// <summary>Whether words of several letters follow a single dash.</summary>
    public bool HasLongDash { get; init; }

    /// <summary>What may stand before the script.</summary>
    public string? Verb { get; init; }

    /// <summary>Null for what runs no scripts.</summary>
    public static Interpreter? Of(ProcessFacts process) => Programs.IsShell(process) ? Shell
        : Array.Find(All, interpreter => interpreter.Names.Split(' ').Any(name => IsOf(name, process.Program)));

    public OptionMeaning MeaningOf(string argument)
    {
        if (argument.Length < 2 || argument[0] is not ('-' or '+'))
            return new(OptionKind.Operand, argument);
        if (!argument.StartsWith("--", StringComparison.Ordinal) && !HasLongDash)
            return MeaningOfLetters(argument);
        var parts = argument.TrimStart('-').Split('=', 2);
        return new(KindOf(parts[0]), parts.Length > 1 ? parts[1] : null);
    }

    private OptionMeaning MeaningOfLetters(string argument)
    {
        for (var index = 1; index < argument.Length; index++)
        {
            var rest = argument[(index + 1)..];
            if (KindOf(argument[index].ToString()) is not OptionKind.Alone and var kind)
                return new(kind, rest.Length > 0 ? rest : null);
            if (Has(Attached, argument[index].ToString()))
                break;
        }

        return new(OptionKind.Alone, null);
    }

    private OptionKind KindOf(string option) => Has(Inline, option) ? OptionKind.Inline
        : Has(Files, option) ? OptionKind.Script
        : Has(Valued, option) ? OptionKind.Valued
        : OptionKind.Alone;

    private static bool Has(string words, string word) => words.Split(' ').Contains(word);

    private static bool IsOf(string name, string program) =>
        program.StartsWith(name, StringComparison.Ordinal) && (program.Length == name.Length || !char.IsLetter(program[name.Length]));
}

internal enum OptionKind
{
    Operand,
    Alone,
    Valued,
    Inline,
    Script,
}

/// <param name="Value">Null where it is the next word, if there is one at all.</param>
internal readonly record struct OptionMeaning(OptionKind Kind, string? Value);
