using System.Globalization;
using System.Text;
using SynapseFs.Server.Signing;

namespace SynapseFs.Server.World.People;

/// <summary>Proofs of a former login, good for three days: their bearer is not locked out by others' failures.</summary>
internal sealed class Receipts(Seal seal, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3);

    public string Issue(long userId)
    {
        var ends = (time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds();
        var text = Text(userId, ends);
        return Convert.ToBase64String(Encoding.ASCII.GetBytes($"{text}.{seal.Of(text)}"));
    }

    public bool IsValid(long userId, string? receipt)
    {
        var buffer = new byte[1024];
        if (receipt is null || !Convert.TryFromBase64String(receipt, buffer, out var size))
        {
            return false;
        }

        var parts = Encoding.ASCII.GetString(buffer, 0, size).Split('.');
        return parts.Length == 3
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ends)
            && ends > time.GetUtcNow().ToUnixTimeMilliseconds()
            && seal.Fits(Text(userId, ends), parts[2]);
    }

    private static string Text(long userId, long ends) => string.Create(CultureInfo.InvariantCulture, $"{userId}.{ends}");
}
