using Microsoft.Extensions.Logging;
using SynapseFs.Fuse;
using SynapseFs.MemoryMount;
using SynapseFs.Testing.PowerCuts;
using SynapseFs.Vfs;

var request = MountRequest.Parse(args);
if (request is null)
{
    Console.Error.WriteLine(MountRequest.Usage);
    return 2;
}

var fileSystem = request.CreateFileSystem();
var disk = request.Cuttable ? new CuttableFileSystem(request.FileSystem, TimeProvider.System) { Lies = request.Lying } : null;
using var log = LoggerFactory.Create(builder => builder
    .SetMinimumLevel(request.Verbose ? LogLevel.Trace : LogLevel.Warning)
    .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
try
{
    await using var mount = await FuseMount.StartAsync((IFileSystem?)disk ?? fileSystem, request.Options, log, CancellationToken.None);
    var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    using var terminated = StopSignal.On(stop);
    Console.WriteLine("ready");
    new Backstage(fileSystem, disk, Console.In, Console.Out).Start();
    await Task.WhenAny(mount.Completion, stop.Task);
    return 0;
}
catch (FuseMountException problem)
{
    Console.Error.WriteLine($"{problem.Failure}: {problem.Message}");
    return 1;
}
