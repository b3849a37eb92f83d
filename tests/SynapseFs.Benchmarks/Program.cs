using System.Globalization;
using SynapseFs.Benchmarks;
using SynapseFs.Benchmarks.Finding;
using SynapseFs.Benchmarks.Millions;
using SynapseFs.Benchmarks.Parts;
using SynapseFs.Benchmarks.Reporting;
using SynapseFs.Benchmarks.Servers;
using SynapseFs.Benchmarks.Store;

const int UsualRounds = 3;

switch (args)
{
    // All that a mount does; the page of the notes gets the table.
    case ["all", var program, var page, ..]:
        var whole = await Scenarios.RunAsync(Path.GetFullPath(program), Scenarios.Parts, Rounds(3));
        Console.WriteLine(ReportText.Screen(whole));
        NotesPage.Replace(page, ReportText.Markdown(whole));
        return 0;
    case ["only", var program, var parts, ..]:
        var names = parts.Split(',');
        if (names.Except(Scenarios.Parts).Any())
            break;
        Console.WriteLine(ReportText.Screen(await Scenarios.RunAsync(Path.GetFullPath(program), names, Rounds(3))));
        return 0;
    case ["million", var program, ..]:
        await MillionTrial.RunAsync(Path.GetFullPath(program), args.ElementAtOrDefault(2), Console.Out);
        return 0;
    case ["server", var program]:
        await ServerTrial.RunAsync(Path.GetFullPath(program), Console.Out);
        return 0;
    case ["small-contents"]:
        SmallContentTrial.Run(Console.Out);
        return 0;
    case ["parts"]:
        return MicroBenchmarks.Run();
    case ["find"]:
        await FindTrial.RunAsync(Console.Out);
        return 0;
    case ["staging"]:
        await StagingTrial.RunAsync(Console.Out);
        return 0;
}

Console.Error.WriteLine(
    $"Name a trial: all PROGRAM PAGE [ROUNDS], only PROGRAM PART,PART… [ROUNDS] ({string.Join(", ", Scenarios.Parts)}), million PROGRAM [few|many|wide|arrives], server PROGRAM, parts, small-contents, staging, find.");
return 2;

int Rounds(int at) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : UsualRounds;
