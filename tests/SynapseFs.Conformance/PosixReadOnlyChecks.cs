namespace SynapseFs.Conformance;

/// <summary>A mount that permits no change says so with EROFS to every way of changing something, and stays as it was.</summary>
public abstract class PosixReadOnlyChecks
{
    /// <summary>The mounted directory, with at least one file somewhere in it.</summary>
    protected abstract string Root { get; }

    [TestCase("open(a[1] + '/new', 'w')")]
    [TestCase("open(a[0], 'r+b')")]
    [TestCase("os.truncate(a[0], 0)")]
    [TestCase("os.unlink(a[0])")]
    [TestCase("os.rename(a[0], a[0] + '.moved')")]
    [TestCase("os.mkdir(a[1] + '/new')")]
    [TestCase("os.symlink('target', a[1] + '/new')")]
    [TestCase("os.link(a[0], a[1] + '/new')")]
    [TestCase("os.chmod(a[0], 0o600)")]
    [TestCase("os.utime(a[0], (0, 0))")]
    [TestCase("os.setxattr(a[0], 'user.new', b'value')")]
    public async Task Changing_anything_is_refused_with_EROFS(string expression)
    {
        var file = SampleTree.Files(Root)[0];
        var before = File.ReadAllBytes(file.FullName);

        Assert.That(await Python.ErrnoOfAsync(expression, file.FullName, Root), Is.EqualTo("EROFS"));

        Assert.That(File.ReadAllBytes(file.FullName), Is.EqualTo(before));
        Assert.That(Path.Exists(Path.Combine(Root, "new")), Is.False);
    }
}
