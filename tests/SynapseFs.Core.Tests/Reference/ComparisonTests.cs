using SynapseFs.Conformance;
using SynapseFs.Testing.Reference;
using SynapseFs.Vfs;

namespace SynapseFs.Core.Tests.Reference;

/// <summary>The comparison with the reference finds what is wrong, and nothing else.</summary>
internal sealed class ComparisonTests
{
    // A verb, the number of one of its arguments and what becomes of it.
    private static readonly TestCaseData[] Faults =
    [
        Fault("renames over what must not be replaced", nameof(IFileSystem.RenameAsync), 5,
            mode => mode is RenameMode.NoReplace ? RenameMode.Replace : mode),
        Fault("replaces instead of exchanging", nameof(IFileSystem.RenameAsync), 5,
            mode => mode is RenameMode.Exchange ? RenameMode.Replace : mode),
        Fault("does not create exclusively", nameof(IFileSystem.CreateFileAsync), 4, mode => (OpenMode)mode! & ~OpenMode.Exclusive),
        Fault("appends where it is told to", nameof(IFileSystem.OpenAsync), 2, mode => (OpenMode)mode! & ~OpenMode.Append),
        Fault("does not truncate when opening", nameof(IFileSystem.OpenAsync), 2, mode => (OpenMode)mode! & ~OpenMode.Truncate),
        Fault("allocates one byte too few", nameof(IFileSystem.AllocateAsync), 3, length => (long)length! - 1),
        Fault("zeroes nothing", nameof(IFileSystem.AllocateAsync), 4, mode => (AllocateMode)mode! & AllocateMode.KeepLength),
        Fault("copies from a byte further on", nameof(IFileSystem.CopyRangeAsync), 2, offset => (long)offset! + 1),
        Fault("truncates open files to a byte more", nameof(IFileSystem.SetAttributesAsync), 2,
            change => change is AttributeChange { Handle: not null } open ? open with { Length = open.Length + 1 } : change),
        Fault("loses the last byte of a write", nameof(IFileSystem.WriteAsync), 3,
            source => ((ReadOnlyMemory<byte>)source!) is { Length: > 1000 } bytes ? bytes[..^1] : source),
    ];

    [TestCase(1)]
    [TestCase(2)]
    public async Task The_reference_is_like_itself(int seed) =>
        await ReferenceCheck.RunAsync(() => new MemorySurface(), seed, sequences: 100, mostSteps: 60);

    [TestCaseSource(nameof(Faults))]
    public void A_fault_is_found_and_told_in_a_few_steps(Func<string, object?[], bool> fault)
    {
        var finding = Assert.ThrowsAsync<AssertionException>(() => ReferenceCheck.RunAsync(
            () => new MemorySurface(BrokenFileSystem.That(fault)), seed: 1, sequences: 400, mostSteps: 60))!.Message;

        TestContext.Out.WriteLine(finding);
        Assert.That(finding, Does.Match("looking (AfterEachStep|WhenSettled), [1-8] steps:"));
    }

    [Test]
    public void A_fault_is_found_by_searching()
    {
        var finding = Assert.ThrowsAsync<AssertionException>(() => ReferenceCheck.SearchAsync(
            () => new MemorySurface(BrokenFileSystem.That((verb, _) => verb == nameof(IFileSystem.UnlinkAsync))),
            firstSeed: 1, TimeSpan.FromMinutes(1), mostSteps: 60))!.Message;

        Assert.That(finding, Does.Contain("UnlinkStep"));
    }

    [Test]
    public void A_counterexample_reads_as_the_code_that_makes_it()
    {
        TreeStep step = new OpenStep(1, "a/b", OpenMode.ReadWrite | OpenMode.Append, true);

        Assert.That(step.ToString(), Is.EqualTo("new OpenStep(1, \"a/b\", OpenMode.ReadWrite | OpenMode.Append, true)"));
    }

    private static TestCaseData Fault(string name, string verb, int argument, Func<object?, object?> change) =>
        new TestCaseData((Func<string, object?[], bool>)((called, arguments) =>
        {
            if (called == verb)
                arguments[argument] = change(arguments[argument]);
            return false;
        })).SetArgDisplayNames(name);
}
