using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Cli.Tests.Running;

/// <summary><c>synapsefs serve</c> in a process of its own, ready to be called as its first user.</summary>
internal sealed class Served : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _readyFile;

    private Served(Process process, string readyFile) => (_process, _readyFile) = (process, readyFile);

    public HttpClient Http { get; private set; } = new();

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public static async Task<Served> StartAsync(string directory, params string[] options)
    {
        var readyFile = directory + ".ready";
        File.Delete(readyFile);
        var process = new Process
        {
            StartInfo = Command.StartInfo(ProgramFiles.Synapsefs, ["serve", "--data", directory, "--ready-file", readyFile, .. options], environment: null),
        };
        process.Start();
        process.BeginOutputReadLine();
        var served = new Served(process, readyFile);
        if (!await Eventually.HoldsAsync(() => File.Exists(readyFile) || process.HasExited, Patience) || process.HasExited)
            throw new InvalidOperationException($"The server did not come up: {await process.StandardError.ReadToEndAsync()}");
        process.BeginErrorReadLine();
        var ready = JsonNode.Parse(await File.ReadAllTextAsync(readyFile))!;
        served.Address = new Uri(new Uri((string)ready["repoEndpoint"]!), "/");
        served.Http = served.As((string)ready["token"]!);
        return served;
    }

    public HttpClient As(string token)
    {
        var http = new HttpClient { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    /// <summary>As a machine does that loses the process: no goodbye.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        File.Delete(_readyFile);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }
}
