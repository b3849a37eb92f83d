using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace SynapseFs.Cli.Sample;

/// <summary>An alignment of invented reads on three invented chromosomes, sorted and indexed by samtools.</summary>
internal static class SampleReads
{
    private const int ReadLength = 100;
    private const int ChromosomeLength = 1_000_000;
    private const int Chromosomes = 3;

    /// <summary>Writes the alignment and, beside it, its index (<c>.bai</c>).</summary>
    /// <returns>Null, or why it could not be made.</returns>
    public static async Task<string?> WriteAsync(string path, SampleOptions options, CancellationToken cancellationToken)
    {
        // Without its own header lines, which would hold the paths of this machine.
        string[] sort = ["sort", "--no-PG", "-O", "bam", "-o", path, "-"];
        string[] index = ["index", path];
        return await RunAsync(options.Samtools, sort, writer => WriteText(writer, options.Reads), cancellationToken)
            ?? await RunAsync(options.Samtools, index, _ => { }, cancellationToken);
    }

    /// <summary>The reads as SAM text, in order of their places.</summary>
    public static void WriteText(TextWriter writer, int reads)
    {
        writer.Write("@HD\tVN:1.6\tSO:coordinate\n");
        for (var chromosome = 1; chromosome <= Chromosomes; chromosome++)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"@SQ\tSN:chr{chromosome}\tLN:{ChromosomeLength}\n"));
        var random = new Random(20);
        var sequence = new char[ReadLength];
        var quality = new char[ReadLength];
        var perChromosome = Math.Max(1, reads / Chromosomes);
        for (var read = 0; read < reads; read++)
        {
            var chromosome = Math.Min(Chromosomes, read / perChromosome + 1);
            var place = 1 + (long)(read % perChromosome) * (ChromosomeLength - ReadLength) / perChromosome;
            for (var i = 0; i < ReadLength; i++)
            {
                var chance = random.Next();
                sequence[i] = "ACGT"[chance & 3];
                quality[i] = (char)('!' + (chance >> 2) % 41);
            }
            writer.Write(string.Create(
                CultureInfo.InvariantCulture, $"read{read:D7}\t0\tchr{chromosome}\t{place}\t60\t{ReadLength}M\t*\t0\t0\t"));
            writer.Write(sequence);
            writer.Write('\t');
            writer.Write(quality);
            writer.Write('\n');
        }
    }

    private static async Task<string?> RunAsync(
        string program, string[] arguments, Action<TextWriter> input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardError = true };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return $"{program} is not on the PATH; install samtools to have it";
        }
        using var ended = cancellationToken.Register(process.Kill);
        var said = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await using var writer = process.StandardInput;
            await Task.Run(() => input(writer), cancellationToken);
        }
        catch (IOException)
        {
            // It ended before it read everything; why, its exit code and words tell.
        }
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? null : $"{program} {arguments[0]} failed: {FirstLine(await said)}";
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();
}
