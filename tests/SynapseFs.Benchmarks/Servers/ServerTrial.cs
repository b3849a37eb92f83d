using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using SynapseFs.Testing.Processes;

namespace SynapseFs.Benchmarks.Servers;

/// <summary>
/// How many cheap reads a second does the embedded server answer, without its limits, to many connections at once? Client and server
/// share the machine. The server's resident memory is told before and after, as the sign of a leak.
/// </summary>
internal static class ServerTrial
{
    private const int Connections = 32;
    private const int Files = 100;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(6);

    public static async Task RunAsync(string program, TextWriter output)
    {
        using var directory = new TemporaryDirectory();
        var readyFile = directory.Combine("ready");
        string[] arguments = ["serve", "--data", directory.Combine("data"), "--ready-file", readyFile, "--no-limits"];
        using var server = Process.Start(Command.StartInfo(program, arguments, environment: null))!;
        try
        {
            if (!await Eventually.HoldsAsync(() => File.Exists(readyFile) || server.HasExited, TimeSpan.FromSeconds(30)) || server.HasExited)
                throw new InvalidOperationException("The server did not come up.");
            using var http = Connect(JsonNode.Parse(await File.ReadAllTextAsync(readyFile))!);
            var folder = await FillAsync(http);
            await output.WriteLineAsync($"{"call",-44}{"calls/s",10}{"errors",9}{"MiB before",12}{"MiB after",11}");
            foreach (var call in Calls(folder))
                await output.WriteLineAsync(await TryAsync(http, server, call));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static HttpClient Connect(JsonNode ready)
    {
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Connections, UseCookies = false };
        var http = new HttpClient(handler) { BaseAddress = new Uri(new Uri((string)ready["repoEndpoint"]!), "/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)ready["token"]!);
        return http;
    }

    private static Call[] Calls(string folder) =>
    [
        new("GET", "/repo/v1/version", null),
        new("GET", "/repo/v1/userProfile", null),
        new("GET", $"/repo/v1/entity/{folder}", null),
        new("GET", $"/repo/v1/entity/{folder}/annotations2", null),
        new("POST", "/repo/v1/entity/child", $$"""{"parentId":"{{folder}}","entityName":"f7"}"""),
        new("POST", $"/repo/v1/entity/{folder}/bundle2", """{"includeEntity":true,"includeAnnotations":true,"includePermissions":true}"""),
        new("POST", "/repo/v1/entity/children", $$"""{"parentId":"{{folder}}","includeTypes":["file","folder"]}"""),
    ];

    private static async Task<string> FillAsync(HttpClient http)
    {
        var project = await CreateAsync(http, "Project", "Trial", parent: null);
        var folder = await CreateAsync(http, "Folder", "many", project);
        for (var i = 0; i < Files; i++)
            await CreateAsync(http, "Folder", $"f{i}", folder);
        return folder;
    }

    private static async Task<string> CreateAsync(HttpClient http, string type, string name, string? parent)
    {
        var body = new JsonObject { ["concreteType"] = $"org.sagebionetworks.repo.model.{type}", ["name"] = name, ["parentId"] = parent };
        using var response = await http.SendAsync(Request(new Call("POST", "/repo/v1/entity", body.ToJsonString())));
        response.EnsureSuccessStatusCode();
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["id"]!;
    }

    private static async Task<string> TryAsync(HttpClient http, Process server, Call call)
    {
        await RepeatAsync(http, call, WarmUp);
        var before = ResidentMiB(server);
        var clock = Stopwatch.StartNew();
        var (done, errors) = await RepeatAsync(http, call, Measured);
        var seconds = clock.Elapsed.TotalSeconds;
        var path = call.Path.Length > 38 ? call.Path[..38] : call.Path;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{call.Method + " " + path,-44}{done / seconds,10:0}{errors,9}{before,12:0}{ResidentMiB(server),11:0}");
    }

    private static async Task<(long Done, long Errors)> RepeatAsync(HttpClient http, Call call, TimeSpan duration)
    {
        long done = 0, errors = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < duration)
            {
                using var response = await http.SendAsync(Request(call));
                await response.Content.CopyToAsync(Stream.Null);
                Interlocked.Increment(ref done);
                if (!response.IsSuccessStatusCode)
                    Interlocked.Increment(ref errors);
            }
        })));
        return (done, errors);
    }

    private static HttpRequestMessage Request(Call call)
    {
        var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Path);
        if (call.Body is not null)
            request.Content = new StringContent(call.Body, Encoding.UTF8, "application/json");
        return request;
    }

    private static double ResidentMiB(Process server)
    {
        server.Refresh();
        return server.WorkingSet64 / 1048576.0;
    }

    private sealed record Call(string Method, string Path, string? Body);
}
