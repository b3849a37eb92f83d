using SynapseFs.Cli.Mounting;
using SynapseFs.Cli.Options;

namespace SynapseFs.Cli.Tests.Mounting;

internal sealed class MountRequestTests
{
    [Test]
    public void A_serving_process_is_asked_for_exactly_what_was_asked()
    {
        var request = new MountRequest
        {
            Source = "-odd name",
            Mountpoint = "/mnt/a b",
            CacheDirectory = "/cache",
            CacheSize = 500L << 20,
            MetadataTtl = TimeSpan.FromSeconds(120),
            ReadOnly = true,
            SyncsRemotely = true,
            EscapesNames = true,
            LocalNames = "+*.tmp",
            LocalXattrs = "+user.tool.*",
            SettleTime = TimeSpan.FromMilliseconds(20),
            AllowOther = true,
            SharesCache = true,
            Offline = true,
            Profile = "lab",
            Endpoint = "http://127.0.0.1:7000",
            Configuration = "/etc/synapse",
            Verbose = true,
            LogFile = "/log",
        };

        var arguments = request.ToServingArguments();

        Assert.That(arguments, Is.EqualTo(new[]
        {
            "mount", "--serving", "--cache-size", "524288000", "--metadata-ttl", DurationText.Format(request.MetadataTtl),
            "--cache-dir", "/cache", "--profile", "lab", "--endpoint", "http://127.0.0.1:7000", "--config", "/etc/synapse", "--log-file", "/log",
            "--sync", "remote", "--names", "escape", "--local-names", "+*.tmp", "--local-xattrs", "+user.tool.*",
            "--settle", "20ms",
            "--read-only", "--allow-other", "--share-cache", "--offline", "--verbose", "--", "-odd name", "/mnt/a b",
        }));
    }

    [Test]
    public void What_was_not_asked_for_is_left_out() =>
        Assert.That(new MountRequest { Mountpoint = "/mnt" }.ToServingArguments().TakeLast(2), Is.EqualTo(new[] { "--", "/mnt" }));

    [Test]
    public void A_person_is_told_the_line_that_asks_the_same_again()
    {
        var usual = new MountRequest { Source = "syn1", Mountpoint = "/mnt/a b" };
        var odd = usual with { Source = "-it's", CacheSize = 1 << 20, MetadataTtl = TimeSpan.FromMinutes(1), LocalNames = "", Profile = "lab" };

        Assert.That(usual.ToCommandLine(), Is.EqualTo("synapsefs mount syn1 '/mnt/a b'"));
        Assert.That(odd.ToCommandLine(), Is.EqualTo(
            @"synapsefs mount --profile lab --local-names '' --cache-size 1048576 --metadata-ttl 60s -- '-it'\''s' '/mnt/a b'"));
    }
}
