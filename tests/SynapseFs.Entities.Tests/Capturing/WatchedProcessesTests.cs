using SynapseFs.Entities.Capturing;

namespace SynapseFs.Entities.Tests.Capturing;

internal sealed class WatchedProcessesTests
{
    private static readonly ProcessFacts Shell = Facts(10, 1, "bash");
    private static readonly ProcessFacts Python = Facts(20, 10, "python3");

    private WatchedProcesses _processes = null!;

    [SetUp]
    public void Start() => _processes = new WatchedProcesses();

    [Test]
    public void Commands_of_a_shell_have_nothing_to_do_with_each_other()
    {
        Add(Facts(11, 10, "sort"), Shell);
        var maker = Add(Facts(12, 10, "head"), Shell);

        Assert.That(_processes.CommandsOf([maker]), Is.EqualTo(new[] { maker }));
    }

    [Test]
    public void A_program_and_what_it_starts_are_one_command()
    {
        var above = Add(Python, Shell);
        var reader = Add(Facts(21, 20, "cat"), Python, Shell);
        var maker = Add(Facts(22, 20, "sort"), Python, Shell);
        Add(Facts(30, 10, "cat"), Shell);

        Assert.That(_processes.CommandsOf([maker]), Is.EquivalentTo(new[] { above, reader, maker }));
        Assert.That(_processes.RootOf(maker), Is.SameAs(above));
    }

    [Test]
    public void A_program_that_never_used_the_mount_ties_nothing_together()
    {
        Add(Facts(21, 20, "cat"), Python, Shell);
        var maker = Add(Facts(22, 20, "sort"), Python, Shell);

        Assert.That(_processes.CommandsOf([maker]), Is.EqualTo(new[] { maker }));
    }

    [Test]
    public void What_a_shell_had_started_before_it_became_another_program_is_not_that_programs()
    {
        Add(Facts(11, 10, "sort"), Shell);
        var maker = Add(Facts(10, 1, "sed"));

        Assert.That(_processes.CommandsOf([maker]), Is.EqualTo(new[] { maker }));
    }

    [Test]
    public void Pipes_are_followed_through_processes_that_never_used_the_mount([Values("grep", "bash")] string program)
    {
        var reader = Add(Facts(11, 10, "cat"), Shell);
        var between = Add(Facts(12, 10, program), Shell);
        var maker = Add(Facts(13, 10, "sort"), Shell);
        between.UsesMount = false;
        reader.PipesOut.Add("pipe:[1]");
        between.Add(new ProcessPipes(new HashSet<string> { "pipe:[1]" }, new HashSet<string> { "pipe:[2]" }));
        maker.PipesIn.Add("pipe:[2]");
        var other = Add(Facts(9, 10, "cat"), Shell);
        other.PipesOut.Add("pipe:[0]");

        Assert.That(_processes.CommandsOf([maker]), Is.EquivalentTo(new[] { reader, between, maker }));
    }

    [Test]
    public void A_pipe_whose_other_end_nobody_saw_joins_no_commands()
    {
        Add(Facts(11, 10, "tar"), Shell).PipesOut.Add("pipe:[1]");
        var maker = Add(Facts(12, 10, "node"), Shell);
        maker.PipesIn.Add("pipe:[2]");

        Assert.That(_processes.CommandsOf([maker]), Is.EqualTo(new[] { maker }));
    }

    [Test]
    public void A_pipe_with_both_ends_in_one_process_leads_nowhere()
    {
        var pipes = new ProcessPipes(new HashSet<string> { "pipe:[1]", "pipe:[2]" }, new HashSet<string> { "pipe:[2]" }).WithoutOwn();

        Assert.That(pipes.All, Is.EqualTo(new[] { "pipe:[1]" }));
    }

    [Test]
    public void Of_many_processes_the_oldest_are_forgotten()
    {
        var first = Add(Facts(1_000, 10, "cat"), Shell);
        for (var id = 1_001; id < 6_000; id++)
            Add(Facts(id, 10, "cat"), Shell);

        Assert.That(_processes.Find(first.Facts.Key), Is.Null);
        Assert.That(_processes.Find(new ProcessKey(5_999, 5_999)), Is.Not.Null);
    }

    private WatchedProcess Add(ProcessFacts facts, params ProcessFacts[] ancestors)
    {
        var process = _processes.Remember(facts, ancestors);
        process.UsesMount = true;
        return process;
    }

    private static ProcessFacts Facts(int id, int parent, string name) => new(new ProcessKey(id, id), parent, name, [name]);
}
