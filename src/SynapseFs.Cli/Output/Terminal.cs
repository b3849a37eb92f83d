using Spectre.Console;

namespace SynapseFs.Cli.Output;

/// <summary>Where commands write: sentences and machine output on plain writers, tables only when a person looks at a terminal.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool isInteractive)
{
    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>Whether standard output is a terminal.</summary>
    public bool IsInteractive { get; } = isInteractive;

    public static Terminal Standard() => new(Console.Out, Console.Error, !Console.IsOutputRedirected);

    public void Say(string line) => Output.WriteLine(line);

    /// <summary>A remark beside the result, on standard error.</summary>
    public void Remark(string line) => Error.WriteLine($"synapsefs: {line}");

    /// <summary>What a person answers to a question that is answered by yes or no; null when there is nobody to ask.</summary>
    public bool? Ask(string question)
    {
        if (!IsInteractive || Console.IsInputRedirected)
            return null;
        Output.Write($"{question} [y/N] ");
        Output.Flush();
        return Console.In.ReadLine()?.Trim() is "y" or "Y" or "yes" or "Yes";
    }

    /// <summary>Names and texts about one thing: a framed card for a person, tab-separated lines for a program.</summary>
    public void Card(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (!IsInteractive)
        {
            foreach (var row in rows)
                Say(string.Join('\t', row));
            return;
        }
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var row in rows)
            grid.AddRow([new Markup($"[grey]{Markup.Escape(row[0])}[/]"), new Text(row[1])]);
        AnsiConsole.Write(new Panel(grid) { Border = BoxBorder.Rounded });
    }

    /// <summary>A table for a person, or tab-separated lines with a heading for a program.</summary>
    public void Table(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (!IsInteractive)
        {
            Say(string.Join('\t', headings));
            foreach (var row in rows)
                Say(string.Join('\t', row));
            return;
        }
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(Markup.Escape(heading)));
        foreach (var row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }
}
