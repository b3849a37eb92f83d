using System.Globalization;
using SynapseFs.Benchmarks.Finding;
using SynapseFs.Benchmarks.Listings;
using SynapseFs.Benchmarks.Mounts;
using SynapseFs.Benchmarks.Reads;
using SynapseFs.Benchmarks.Servers;
using SynapseFs.Benchmarks.Store;
using SynapseFs.Benchmarks.Writes;

switch (args)
{
    case ["mount", var program]:
        await MountTrial.RunAsync(Path.GetFullPath(program), Console.Out);
        return 0;
    case ["read", var program, "all" or "warm" or "cold", ..]:
        await ReadTrial.RunAsync(
            Path.GetFullPath(program), args[2], args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 3, Console.Out);
        return 0;
    case ["small-files", var program]:
        await SmallFilesTrial.RunAsync(Path.GetFullPath(program), Console.Out);
        return 0;
    case ["list", var program]:
        await ListingTrial.RunAsync(Path.GetFullPath(program), Console.Out);
        return 0;
    case ["server", var program]:
        await ServerTrial.RunAsync(Path.GetFullPath(program), Console.Out);
        return 0;
    case ["write", var program]:
        await WriteTrial.LargeAsync(Path.GetFullPath(program), Console.Out);
        await WriteTrial.SmallAsync(Path.GetFullPath(program), Console.Out);
        return 0;
    case ["write", var program, "large"]:
        await WriteTrial.LargeAsync(Path.GetFullPath(program), Console.Out);
        return 0;
    case ["write", var program, "small"]:
        await WriteTrial.SmallAsync(Path.GetFullPath(program), Console.Out);
        return 0;
    case ["small-contents"]:
        SmallContentTrial.Run(Console.Out);
        return 0;
    case ["store"]:
        StoreTrial.Run(Console.Out);
        return 0;
    case ["find"]:
        await FindTrial.RunAsync(Console.Out);
        return 0;
    case ["staging"]:
        await StagingTrial.RunAsync(Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("Name a trial: mount PROGRAM, list PROGRAM, small-files PROGRAM, server PROGRAM, read PROGRAM all|warm|cold [ROUNDS], write PROGRAM [large|small], small-contents, store, staging, find.");
        return 2;
}
