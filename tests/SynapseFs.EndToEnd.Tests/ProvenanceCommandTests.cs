using System.Text.Json;
using System.Xml.Linq;
using SynapseFs.Api;
using SynapseFs.Client;
using SynapseFs.EndToEnd.Tests.Support;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests;

/// <summary><c>synapsefs provenance PATH</c>: what a file was made from, told and drawn.</summary>
[TestFixture]
internal sealed class ProvenanceCommandTests : MountFixture
{
    private string _raw = null!;
    private string _clean = null!;
    private string _plot = null!;

    protected override string[] MountOptions => [];

    protected override async Task FillAsync()
    {
        _raw = await World.AddFileAsync("raw.csv", "1\n"u8.ToArray());
        _clean = await World.AddFileAsync("clean.csv", "2\n"u8.ToArray());
        _plot = await World.AddFileAsync("plot.svg", "3\n"u8.ToArray());
        await AttachAsync(_clean, "clean & <check>", Entity(_raw, 1), Executed("https://github.com/x/y/clean.py"));
        await AttachAsync(_plot, "plot", Entity(_clean, 1), Entity("syn999999", 3));
    }

    [Test]
    public async Task What_a_file_was_made_from_is_told_level_by_level()
    {
        var told = await RunAsync(Mount["plot.svg"]);

        Assert.That(WithoutDates(told), Is.EqualTo($"""
            plot.svg ({_plot}.1)
              by 'plot', DATE
                used clean.csv ({_clean}.1)
                  by 'clean & <check>', DATE
                    used raw.csv ({_raw}.1)
                    executed https://github.com/x/y/clean.py
                used syn999999.3: may not be read, or is not there any more
            """));
        Assert.That(WithoutDates(await RunAsync("--up", "0", Mount["plot.svg"])), Does.Contain("clean.csv").And.Not.Contain("raw.csv"));
        Assert.That(await RunAsync(Mount["raw.csv"]), Is.EqualTo($"raw.csv ({_raw}.1)\n  nothing is recorded"));
    }

    [Test]
    public async Task A_circle_ends()
    {
        await AttachAsync(_raw, "round", Entity(_plot, 1), Entity(_raw, 1));

        var told = await RunAsync("--up", "50", Mount["raw.csv"]);

        Assert.That(told, Does.Contain($"used raw.csv ({_raw}.1) (above)"));
        foreach (var format in new[] { "svg", "dot", "json" })
            Assert.That(await RunAsync("--up", "50", "--graph", format, Mount["raw.csv"]), Does.Contain("plot.svg"), format);
    }

    [Test]
    public async Task An_old_version_tells_its_own()
    {
        await World.ReplaceFileAsync(_clean, "22\n"u8.ToArray());

        Assert.That(await RunAsync(Mount[".synapse/of/clean.csv/versions/1/clean.csv"]), Does.Contain("raw.csv"));
        Assert.That(await RunAsync(Mount[".synapse/of/clean.csv/versions/2/clean.csv"]), Does.Contain("nothing is recorded"));
    }

    [Test]
    public async Task The_drawing_is_a_picture_in_which_time_goes_to_the_right()
    {
        var svg = XDocument.Parse(await RunAsync("--graph", "svg", Mount["plot.svg"]));

        XNamespace ns = "http://www.w3.org/2000/svg";
        var boxes = svg.Descendants(ns + "g").ToDictionary(
            group => group.Element(ns + "text")!.Value, group => (int)group.Element(ns + "rect")!.Attribute("x")!);
        Assert.That(boxes["raw.csv"], Is.LessThan(boxes["clean & <check>"]));
        Assert.That(boxes["clean & <check>"], Is.LessThan(boxes["clean.csv"]));
        Assert.That(boxes["clean.csv"], Is.LessThan(boxes["plot"]));
        Assert.That(boxes["plot"], Is.LessThan(boxes["plot.svg"]));
        Assert.That(boxes.Values.Max() + 200, Is.LessThan((int)svg.Root!.Attribute("width")!));
        Assert.That(svg.Descendants(ns + "path").Count(path => (string?)path.Attribute("marker-end") is not null), Is.EqualTo(6));
    }

    [Test]
    public async Task Programs_get_nodes_and_edges()
    {
        using var json = JsonDocument.Parse(await RunAsync("--graph", "json", Mount["plot.svg"]));

        var nodes = json.RootElement.GetProperty("nodes").EnumerateArray().ToList();
        Assert.That(nodes[0].GetProperty("id").GetString(), Is.EqualTo($"{_plot}.1"));
        Assert.That(nodes.Select(node => node.GetProperty("kind").GetString()).Distinct(), Is.EquivalentTo(new[] { "entity", "activity", "address" }));
        Assert.That(
            json.RootElement.GetProperty("edges").EnumerateArray().Select(edge => edge.GetProperty("kind").GetString()),
            Is.EquivalentTo(new[] { "generated", "used", "used", "generated", "used", "executed" }));

        var dot = await RunAsync("--graph", "dot", Mount["plot.svg"]);
        Assert.That(dot, Does.StartWith("digraph provenance {").And.Contain($"\"{_raw}.1\" -> \"activity:"));
        Assert.That(dot, Does.Contain("[label=\"executed\"]"));
    }

    [Test]
    public async Task What_cannot_be_told_is_said_so()
    {
        await Command.ShellAsync($"touch '{Mount["new.txt"]}'");

        Assert.That((await CommandAsync(Mount["new.txt"])).Error, Does.Contain("is not in Synapse"));
        Assert.That((await CommandAsync("/etc/passwd")).Error, Does.Contain("does not lie in a mount"));
        Assert.That((await CommandAsync(Mount["none"])).Error, Does.Contain("does not exist"));
        Assert.That((await CommandAsync("--graph", "png", Mount["plot.svg"])).ExitCode, Is.EqualTo(2));
        Assert.That((await CommandAsync("--up", "-1", Mount["plot.svg"])).Error, Does.Contain("no number from 0 to 100"));
    }

    private Task<CommandResult> CommandAsync(params string[] arguments) =>
        Command.RunAsync(ProgramFiles.Synapsefs, ["provenance", .. arguments], World.Environment);

    private async Task<string> RunAsync(params string[] arguments)
    {
        var result = await CommandAsync(arguments);
        Assert.That(result.ExitCode, Is.Zero, $"{result}\n{Mount.Said}");
        return result.Output.TrimEnd();
    }

    private static string WithoutDates(string text) =>
        System.Text.RegularExpressions.Regex.Replace(text, @"\d{4}-\d\d-\d\d \d\d:\d\d", "DATE");

    private static Used Entity(string id, long version) =>
        new() { ConcreteType = Used.Entity, Reference = new Reference { TargetId = id, TargetVersionNumber = version } };

    private static Used Executed(string url) => new() { ConcreteType = Used.Address, Name = url, Url = url, WasExecuted = true };

    private async Task AttachAsync(string id, string name, params Used[] used)
    {
        var made = await World.Client.Activities.CreateAsync(new Activity { Name = name, Used = used }, RequestPriority.Interactive, default);
        await World.Client.Activities.AttachAsync(id, made.Id!, RequestPriority.Interactive, default);
    }
}
