using SynapseFs.Architecture.Tests.Rules;

namespace SynapseFs.Architecture.Tests;

/// <summary>Each rule must fail on a bad example and pass the good one beside it.</summary>
internal sealed class RuleTests
{
    [TestCase("Core", "Client")]
    [TestCase("Core", "Fuse")]
    [TestCase("Fuse", "Core")]
    [TestCase("Client", "Core")]
    [TestCase("Server", "Client")]
    [TestCase("Store", "Core")]
    [TestCase("Vfs", "Api")]
    [TestCase("Common", "Vfs")]
    public void An_arrow_outside_the_table_is_found(string from, string to) =>
        Assert.That(ArrowRule.Check(Project(from, to)), Has.Exactly(1).Items);

    [TestCase("Core", "Store")]
    [TestCase("Entities", "Client")]
    [TestCase("Cli", "Server")]
    public void An_arrow_of_the_table_passes(string from, string to) => Assert.That(ArrowRule.Check(Project(from, to)), Is.Empty);

    [TestCase("src/SynapseFs.Core/A.cs", "var sql = \"SELECT id FROM node\";")]
    [TestCase("src/SynapseFs.Cli/A.cs", "var sql = \"PRAGMA journal_mode\";")]
    [TestCase("src/SynapseFs.Entities/A.cs", "new SqliteConnection(x)")]
    [TestCase("src/SynapseFs.Server/A.cs", "new HttpClient()")]
    [TestCase("src/SynapseFs.Cli/A.cs", "new HttpClient()")]
    [TestCase("src/SynapseFs.Entities/A.cs", "using Renci.SshNet;")]
    [TestCase("src/SynapseFs.Cli/A.cs", "using Amazon.S3.Model;")]
    [TestCase("src/SynapseFs.Fuse/Session/A.cs", "[LibraryImport(\"libc\")]")]
    [TestCase("src/SynapseFs.Store/A.cs", "[DllImport(\"libc\")]")]
    [TestCase("src/SynapseFs.Core/A.cs", "if (kind == \"folder\") return;")]
    [TestCase("src/SynapseFs.Core/A.cs", "var x = new SynapseClient();")]
    [TestCase("src/SynapseFs.Core/A.cs", "var x = \"https://repo/FileEntity\" + FileEntity;")]
    public void A_hole_in_a_wall_is_found(string path, string code) =>
        Assert.That(WallRule.Check(new SourceFile(path, code)), Has.Exactly(1).Items);

    [TestCase("src/SynapseFs.Store/A.cs", "var sql = \"SELECT id FROM node\";")]
    [TestCase("src/SynapseFs.Client/A.cs", "new HttpClient()")]
    [TestCase("src/SynapseFs.Client/A.cs", "using Renci.SshNet;")]
    [TestCase("src/SynapseFs.Fuse/Native/A.cs", "[LibraryImport(\"libc\")]")]
    [TestCase("src/SynapseFs.Core/A.cs", "namespace SynapseFs.Core; // asks Synapse, never HttpClient")]
    [TestCase("tests/SynapseFs.Client.Tests/A.cs", "new HttpClient()")]
    public void What_keeps_to_its_room_passes(string path, string code) =>
        Assert.That(WallRule.Check(new SourceFile(path, code)), Is.Empty);

    [TestCase("src/SynapseFs.Core/A.cs", 401)]
    [TestCase("tests/SynapseFs.Core.Tests/A.cs", 601)]
    public void A_file_over_its_limit_is_found(string path, int lines)
    {
        Assert.That(ShapeRule.CheckSize(new SourceFile(path, Lines(lines))), Has.Exactly(1).Items);
        Assert.That(ShapeRule.CheckSize(new SourceFile(path, Lines(lines - 1))), Is.Empty);
    }

    [TestCase("src/SynapseFs.Core/Tree/A.cs", "namespace SynapseFs.Core;")]
    [TestCase("src/SynapseFs.Core/A.cs", "namespace SynapseFs.Core.Tree;")]
    [TestCase("src/SynapseFs.Core/A.cs", "class A;")]
    [TestCase("tests/SynapseFs.Core.Tests/Tree/A.cs", "namespace SynapseFs.Core.Tests;")]
    public void A_namespace_that_is_not_the_folder_is_found(string path, string code) =>
        Assert.That(ShapeRule.CheckNamespace(new SourceFile(path, code)), Has.Exactly(1).Items);

    [TestCase("src/SynapseFs.Core/Tree/A.cs", "namespace SynapseFs.Core.Tree;")]
    [TestCase("src/SynapseFs.Cli/Program.cs", "return 0;")]
    [TestCase("tests/SynapseFs.Core.Tests/AssemblySettings.cs", "[assembly: NonParallelizable]")]
    public void A_namespace_that_is_the_folder_passes(string path, string code) =>
        Assert.That(ShapeRule.CheckNamespace(new SourceFile(path, code)), Is.Empty);

    [TestCase("// TODO: later")]
    [TestCase("throw new NotImplementedException();")]
    [TestCase("// FIXME")]
    public void Unfinished_work_is_found(string code) =>
        Assert.That(LeftoverRule.CheckUnfinished(new SourceFile("src/SynapseFs.Core/A.cs", code)), Has.Exactly(1).Items);

    [TestCase("cd /root/synapsefs && make")]
    [TestCase("see /root/notes")]
    [TestCase("open C:\\Users\\ada")]
    public void A_path_of_one_machine_is_found(string text) =>
        Assert.That(LeftoverRule.CheckMachinePaths(new SourceFile("scripts/x", text)), Has.Exactly(1).Items);

    [TestCase("artifacts/root/main")]
    [TestCase("$HOME/root/x")]
    public void A_relative_path_passes(string text) =>
        Assert.That(LeftoverRule.CheckMachinePaths(new SourceFile("scripts/x", text)), Is.Empty);

    [Test]
    public void A_version_in_a_project_file_is_found()
    {
        var project = new SourceFile("src/SynapseFs.Core/SynapseFs.Core.csproj", """<PackageReference Include="Polly" Version="1.0.0" />""");

        Assert.That(PackageRule.CheckProject(project), Has.Exactly(1).Items);
    }

    [Test]
    public void A_floating_or_missing_pin_is_found()
    {
        var central = new SourceFile("Directory.Packages.props", """<PackageVersion Include="Polly" Version="1.*" />""");
        var project = new SourceFile("src/SynapseFs.Core/SynapseFs.Core.csproj", """<PackageReference Include="Other" />""");

        Assert.That(PackageRule.CheckCentral(central, [project]), Has.Exactly(2).Items);
    }

    [Test]
    public void A_promise_without_a_test_is_found()
    {
        const string note = """
            # Semantics
            - Reading past the end gives no bytes, `Reading_past_the_end_returns_no_bytes`.
            - Links lead inside the mount
              where they can: `Links_stay_inside`
            - This line promises nothing, it only mentions `O_RDONLY` somewhere.
            """;
        var tests = new SourceFile("tests/X/A.cs", "public void Reading_past_the_end_returns_no_bytes() { } // void Links_stay_inside()");

        Assert.That(PromiseRule.Promised(note), Is.EqualTo(new[] { "Reading_past_the_end_returns_no_bytes", "Links_stay_inside" }));
        Assert.That(PromiseRule.Check("semantics.md", note, [tests]), Is.EqualTo(new[] { "semantics.md: no test is called Links_stay_inside." }));
    }

    [TestCase("a // b", "a  ")]
    [TestCase("x = \"// no\"; // yes", "x = \"// no\";  ")]
    [TestCase("x = @\"\\\"; /* y */", "x = @\"\\\";  ")]
    [TestCase("c = '\"'; // z", "c = '\"';  ")]
    public void Comments_go_and_strings_stay(string text, string expected) =>
        Assert.That(CSharpText.WithoutComments(text), Is.EqualTo(expected));

    private static SourceFile Project(string from, string to) => new(
        $"src/SynapseFs.{from}/SynapseFs.{from}.csproj",
        $"""<ProjectReference Include="..\SynapseFs.{to}\SynapseFs.{to}.csproj" />""");

    private static string Lines(int count) => string.Join('\n', Enumerable.Repeat("// x", count)) + "\n";
}
