using System.Globalization;
using System.Security.Cryptography;
using SynapseFs.Server.Tests.Support;

namespace SynapseFs.Server.Tests.Endpoints;

/// <summary>Measurements, run on request; no time is asserted.</summary>
[Explicit("A measurement.")]
public sealed class ThroughputTests
{
    [Test]
    public async Task Two_hundred_megabytes_up_and_down()
    {
        await using var test = await TestServer.StartAsync();
        var bytes = new byte[200 << 20];
        RandomNumberGenerator.Fill(bytes);
        var started = TimeProvider.System.GetTimestamp();
        var handle = await test.Owner.UploadAsync("big", bytes, 50 << 20);
        var up = TimeProvider.System.GetElapsedTime(started);
        var url = (await test.Owner.SendAsync("GET", $"/file/v1/fileHandle/{handle}/url?redirect=false")).Text;

        var buffer = new byte[1 << 20];
        for (var round = 0; round < 3; round++)
        {
            started = TimeProvider.System.GetTimestamp();
            await using var stream = await test.Nobody.Http.GetStreamAsync(new Uri(url));
            long total = 0;
            int read;
            while ((read = await stream.ReadAsync(buffer)) > 0)
            {
                total += read;
            }

            var down = TimeProvider.System.GetElapsedTime(started);
            await TestContext.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"up {up.TotalSeconds:f2} s, down {down.TotalSeconds:f3} s, {total / down.TotalSeconds / 1e9:f2} GB/s"));
            Assert.That(total, Is.EqualTo(bytes.Length));
        }
    }

    [Test]
    public async Task Two_thousand_small_files()
    {
        await using var test = await TestServer.StartAsync();
        var project = (string)(await test.Owner.CreateProjectAsync())["id"]!;
        var started = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (i, _) =>
            await test.Owner.CreateFileAsync($"f{i}", project, BitConverter.GetBytes(i)));

        await TestContext.Out.WriteLineAsync($"2,000 files in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:f1} s");
        Assert.That(test.Server.Log.Totals.StorageRequests, Is.EqualTo(2000));
    }
}
