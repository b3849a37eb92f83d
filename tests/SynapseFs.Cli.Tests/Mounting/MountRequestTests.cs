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
            AllowOther = true,
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
            "mount", "--serving", "--cache-dir", "/cache", "--cache-size", "524288000", "--metadata-ttl", DurationText.Format(request.MetadataTtl),
            "--profile", "lab", "--endpoint", "http://127.0.0.1:7000", "--config", "/etc/synapse", "--log-file", "/log",
            "--allow-other", "--offline", "--verbose", "--", "-odd name", "/mnt/a b",
        }));
    }

    [Test]
    public void What_was_not_asked_for_is_left_out() =>
        Assert.That(new MountRequest { Mountpoint = "/mnt" }.ToServingArguments().TakeLast(2), Is.EqualTo(new[] { "--", "/mnt" }));
}
