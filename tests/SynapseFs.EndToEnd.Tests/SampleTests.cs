using System.Diagnostics;
using System.Text.Json;
using SynapseFs.Testing.Processes;

namespace SynapseFs.EndToEnd.Tests;

/// <summary>
/// What a newcomer does: <c>synapsefs serve --sample</c>, mount, and use the tools at hand. The server is a process of its own,
/// its log is read over the control port.
/// </summary>
[TestFixture]
internal sealed class SampleTests
{
    private static readonly HttpClient Http = new();
    private readonly TemporaryDirectory _directory = new();
    private Process _server = null!;
    private Dictionary<string, string> _environment = null!;
    private string _mountpoint = "";
    private string _endpoint = "";
    private string _control = "";

    [OneTimeSetUp]
    public async Task Serve_the_sample_and_mount_it()
    {
        var ready = _directory.Combine("ready.json");
        var control = FreePort();
        _control = $"http://127.0.0.1:{control}";
        _server = new Process
        {
            StartInfo = Command.StartInfo(
                ProgramFiles.Synapsefs,
                ["serve", "--data", _directory.Combine("data"), "--port", "0", "--ready-file", ready, "--sample", "--control-port", $"{control}"],
                new Dictionary<string, string> { ["HOME"] = _directory.Path }),
        };
        _server.OutputDataReceived += (_, _) => { };
        _server.ErrorDataReceived += (_, _) => { };
        _server.Start();
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        Assert.That(await Eventually.HoldsAsync(() => File.Exists(ready) || _server.HasExited, TimeSpan.FromMinutes(3)) && !_server.HasExited);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(ready));
        _endpoint = new Uri(json.RootElement.GetProperty("repoEndpoint").GetString()!).GetLeftPart(UriPartial.Authority);
        _environment = new Dictionary<string, string>
        {
            ["SYNAPSE_AUTH_TOKEN"] = json.RootElement.GetProperty("token").GetString()!,
            ["HOME"] = _directory.Path,
            ["XDG_RUNTIME_DIR"] = _directory.Path,
        };
        _mountpoint = _directory.Combine("mnt");
        Directory.CreateDirectory(_mountpoint);
        var mount = await SynapsefsAsync("mount", "--endpoint", _endpoint, _mountpoint);
        Assert.That(mount.ExitCode, Is.Zero, mount.ToString());
    }

    [OneTimeTearDown]
    public async Task Unmount_and_stop()
    {
        await SynapsefsAsync("unmount", _mountpoint);
        _server.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
        _directory.Dispose();
    }

    private string Sample => Directory.GetDirectories(_mountpoint).Single();

    [Test, Order(1)]
    public async Task Without_a_source_the_root_lists_the_persons_projects() =>
        Assert.That((await Command.ShellAsync($"ls {_mountpoint}")).Lines, Has.Length.EqualTo(1));

    [Test, Order(2)]
    public async Task Samtools_counts_a_region_with_less_than_a_quarter_of_the_files_bytes()
    {
        var bam = (await Command.ShellAsync($"find '{Sample}' -name '*.bam'")).Text;
        await ResetLogAsync();

        var count = await Command.RunAsync("samtools", ["view", "-c", bam, "chr1:1000-2000"]);

        Assert.That(int.Parse(count.Text, System.Globalization.CultureInfo.InvariantCulture), Is.Positive);
        Assert.That((await TotalsAsync()).GetProperty("storageBytesSent").GetInt64(), Is.LessThan(new FileInfo(bam).Length / 4));
    }

    [Test, Order(3)]
    public async Task Every_sample_file_has_the_md5_that_it_was_uploaded_with()
    {
        const string script = """
            import hashlib, os, sys
            wrong = count = 0
            for folder, _, files in os.walk(sys.argv[1]):
                for name in files:
                    path = os.path.join(folder, name)
                    if os.path.islink(path): continue
                    attrs = os.listxattr(path)
                    if 'user.synapse.md5' not in attrs or 'user.synapse.access' in attrs: continue
                    with open(path, 'rb') as f: md5 = hashlib.file_digest(f, 'md5').hexdigest()
                    count += 1
                    if md5 != os.getxattr(path, 'user.synapse.md5').decode(): wrong += 1; print(path)
            print(count, wrong)
            """;

        var checkedFiles = await Command.RunAsync("python3", ["-c", script, Sample]);

        var counts = checkedFiles.Lines[^1].Split(' ');
        Assert.That(counts[1], Is.EqualTo("0"), checkedFiles.Output);
        Assert.That(int.Parse(counts[0], System.Globalization.CultureInfo.InvariantCulture), Is.GreaterThan(2_000));
    }

    [Test, Order(4)]
    public async Task A_file_that_may_not_be_downloaded_is_listed_refuses_to_open_and_says_why()
    {
        var denied = (await Command.RunAsync("python3", ["-c", """
            import os, sys
            for folder, _, files in os.walk(sys.argv[1]):
                for name in files:
                    path = os.path.join(folder, name)
                    if not os.path.islink(path) and 'user.synapse.access' in os.listxattr(path): print(path)
            """, Sample])).Lines.Single();

        var read = await Command.RunAsync("cat", [denied]);
        var why = await Command.RunAsync("getfattr", ["--only-values", "-n", "user.synapse.access", denied]);

        Assert.That(read.Error, Does.Contain("Permission denied"));
        Assert.That(why.Output, Does.Contain("https://www.synapse.org/"));
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private Task<CommandResult> SynapsefsAsync(params string[] arguments) => Command.RunAsync(ProgramFiles.Synapsefs, arguments, _environment);

    private async Task ResetLogAsync() => (await Http.DeleteAsync(new Uri($"{_control}/log"))).EnsureSuccessStatusCode();

    private async Task<JsonElement> TotalsAsync()
    {
        using var json = JsonDocument.Parse(await Http.GetStringAsync(new Uri($"{_control}/totals")));
        return json.RootElement.Clone();
    }
}
