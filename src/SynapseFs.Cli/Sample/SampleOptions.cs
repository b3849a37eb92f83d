namespace SynapseFs.Cli.Sample;

/// <summary>How much of the sample project is made. The defaults are all of it.</summary>
internal sealed record SampleOptions
{
    public const string ProjectName = "sample";

    /// <summary>Files in the folder that shows how large folders behave.</summary>
    public int ManyFiles { get; init; } = 2_000;

    /// <summary>Bytes of the largest file; 0 leaves it out.</summary>
    public long LargeFile { get; init; } = 200L << 20;

    /// <summary>
    /// Reads in the alignment, about 150 bytes each when compressed. The default makes a file large enough for a mount to read it
    /// by parts.
    /// </summary>
    public int Reads { get; init; } = 300_000;

    /// <summary>The program that makes the alignment, by name or path.</summary>
    public string Samtools { get; init; } = "samtools";
}
