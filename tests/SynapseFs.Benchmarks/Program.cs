using SynapseFs.Benchmarks.Mounts;
using SynapseFs.Benchmarks.Store;

switch (args)
{
    case ["mount", var program]:
        await MountTrial.RunAsync(Path.GetFullPath(program), Console.Out);
        return 0;
    case ["small-contents"]:
        SmallContentTrial.Run(Console.Out);
        return 0;
    case ["store"]:
        StoreTrial.Run(Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("Name a trial: mount PROGRAM, small-contents, store.");
        return 2;
}
