using SynapseFs.Benchmarks.Store;

switch (args)
{
    case ["small-contents"]:
        SmallContentTrial.Run(Console.Out);
        return 0;
    case ["store"]:
        StoreTrial.Run(Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("Name a trial: small-contents, store.");
        return 2;
}
