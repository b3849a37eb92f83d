using SynapseFs.Cli.Output;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Output;

internal sealed class LogSinkTests
{
    private static readonly string Mebibyte = new('x', 1 << 20);

    [Test]
    public void A_full_file_starts_over_and_the_last_one_stays()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Combine("mount.log");
        using (var sink = LogSink.ToFile(path))
        {
            for (var i = 0; i < 17; i++)
                sink.Write(Mebibyte);
            sink.Write("after");
        }

        Assert.That(File.ReadAllText(path), Is.EqualTo("after" + Environment.NewLine));
        Assert.That(new FileInfo($"{path}.1").Length, Is.GreaterThan(16 << 20));
    }

    [Test]
    public void A_file_that_somebody_deleted_does_not_matter()
    {
        using var directory = new TemporaryDirectory();
        var path = directory.Combine("logs", "mount.log");
        using (var sink = LogSink.ToFile(path))
        {
            Directory.Delete(directory.Combine("logs"), recursive: true);
            for (var i = 0; i < 17; i++)
                sink.Write(Mebibyte);
            sink.Write("after");
        }

        Assert.That(File.ReadAllText(path), Is.EqualTo("after" + Environment.NewLine));
    }
}
