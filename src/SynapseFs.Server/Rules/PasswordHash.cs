using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SynapseFs.Server.Rules;

/// <summary>Passwords as PBKDF2 (HMAC-SHA256), kept as "iterations.salt.hash", the last two in base64.</summary>
internal static class PasswordHash
{
    private const int Iterations = 100_000;
    private const int Size = 32;

    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Iterations}.{Convert.ToBase64String(salt)}.{Convert.ToBase64String(Derive(password, salt, Iterations))}");
    }

    public static bool Fits(string stored, string password)
    {
        var parts = stored.Split('.');
        var expected = Convert.FromBase64String(parts[2]);
        var actual = Derive(password, Convert.FromBase64String(parts[1]), int.Parse(parts[0], CultureInfo.InvariantCulture));
        return CryptographicOperations.FixedTimeEquals(expected, actual);
    }

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA256, Size);
}
