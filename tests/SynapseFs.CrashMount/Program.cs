using Microsoft.Extensions.Logging;
using SynapseFs.CrashMount;

var request = CrashRequest.Parse(args);
if (request is null)
{
    Console.Error.WriteLine(CrashRequest.Usage);
    return 2;
}

if (request.Waits && Console.ReadLine() is null)
    return 0;

using var passings = new Passings(request);
using var log = LoggerFactory.Create(builder => builder
    .SetMinimumLevel(request.Verbose ? LogLevel.Debug : LogLevel.Warning)
    .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
await using var house = await MountedHouse.StartAsync(
    request, Environment.GetEnvironmentVariable("SYNAPSE_AUTH_TOKEN") ?? "", passings, log);
Console.WriteLine("ready");
var commands = new Commands(house.Engine, Console.In, Console.Out);
commands.Start();
// Whoever started this and is gone has closed the input: then the mount goes too, and no test leaves one behind.
await Task.WhenAny(house.Mount.Completion, commands.Ended);
return 0;
