using SynapseFs.Architecture.Tests.Rules;

namespace SynapseFs.Architecture.Tests;

/// <summary>The rules held against the sources as they stand.</summary>
internal sealed class HouseTests
{
    private const string Note = "native-notes/semantics.md";

    [Test]
    public void Arrows_between_projects_point_down() => Hold(Repository.Projects.SelectMany(ArrowRule.Check));

    [Test]
    public void Every_subject_stays_behind_its_wall() => Hold(Repository.CSharp.SelectMany(WallRule.Check));

    [Test]
    public void No_file_outgrows_its_room() => Hold(Repository.CSharp.SelectMany(ShapeRule.CheckSize));

    [Test]
    public void Namespaces_equal_folders() => Hold(Repository.CSharp.SelectMany(ShapeRule.CheckNamespace));

    [Test]
    public void Nothing_unfinished_is_left_behind() => Hold(OutsideThisProject(Repository.CSharp).SelectMany(LeftoverRule.CheckUnfinished));

    [Test]
    public void No_file_names_a_path_of_one_machine() => Hold(OutsideThisProject(Repository.Files).SelectMany(LeftoverRule.CheckMachinePaths));

    [Test]
    public void Package_versions_stand_in_one_place()
    {
        var central = Repository.Find("Directory.Packages.props");
        Assert.That(central, Is.Not.Null);

        Hold(Repository.Projects.SelectMany(PackageRule.CheckProject).Concat(PackageRule.CheckCentral(central!, Repository.Projects)));
    }

    [Test]
    public void Every_promise_in_the_notes_has_its_test()
    {
        var tests = Repository.CSharp.Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal));

        var note = Repository.Find(Note)?.Text ?? "";

        Assert.That(PromiseRule.Promised(note), Is.Not.Empty, $"{Note} promises nothing.");
        Hold(PromiseRule.Check(Note, note, tests));
    }

    // The rules and their bad examples spell out what they forbid.
    private static IEnumerable<SourceFile> OutsideThisProject(IEnumerable<SourceFile> files) =>
        files.Where(file => file.Project != "SynapseFs.Architecture.Tests");

    private static void Hold(IEnumerable<string> violations) => Assert.That(violations, Is.Empty);
}
