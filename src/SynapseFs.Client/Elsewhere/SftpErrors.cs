using System.Net.Sockets;
using Renci.SshNet.Common;

namespace SynapseFs.Client.Elsewhere;

/// <summary>The one table from what SSH.NET throws to what callers hear: a refusal with its remedy, or trouble that may pass.</summary>
internal static class SftpErrors
{
    /// <param name="failure">From a connected client.</param>
    /// <param name="host">For people.</param>
    /// <param name="path">What was to be read or written there.</param>
    /// <returns>A <see cref="SynapseException"/>, or an <see cref="IOException"/> for what may pass.</returns>
    public static Exception Translate(Exception failure, string host, string path) => failure switch
    {
        SftpPathNotFoundException => new SynapseException(
            SynapseFailure.NotFound, $"There is no {path} at the SFTP server {host} any more.", inner: failure),
        SftpPermissionDeniedException => new SynapseException(
            SynapseFailure.StorageRefused,
            $"The SFTP server {host} does not permit it at {path}: ask whoever runs it for the permission.", inner: failure),
        SshOperationTimeoutException or SshConnectionException or SocketException => new OutOfReachException(
            $"the SFTP server {host} does not answer", failure),
        SshException => new IOException($"the SFTP server {host} failed: {failure.Message}", failure),
        ObjectDisposedException or InvalidOperationException => new IOException($"the connection to the SFTP server {host} broke", failure),
        _ => failure,
    };

    /// <summary>As <see cref="Translate"/>, while the connection was being made.</summary>
    public static Exception TranslateConnecting(Exception failure, SftpHost host) => failure switch
    {
        SshAuthenticationException => new SynapseException(
            SynapseFailure.StorageRefused,
            $"The SFTP server {host.Name} does not let '{host.Login.UserName}' in: correct username and password, or private_key, in "
                + $"{Section(host)}; the next try uses them.", inner: failure),
        SshPassPhraseNullOrEmptyException => new SynapseException(
            SynapseFailure.StorageRefused,
            $"The private key for the SFTP server {host.Name} wants a passphrase: set passphrase in {Section(host)}.", inner: failure),
        OperationCanceledException => failure,
        _ => Translate(failure, host.Name, "/"),
    };

    public static SynapseException NoKeyFits(SftpHost host, string keyPath, Exception failure) => new(
        SynapseFailure.StorageRefused,
        $"The private key {keyPath} for the SFTP server {host.Name} cannot be used ({failure.GetType().Name}): correct private_key or "
            + $"passphrase in {Section(host)}.", inner: failure);

    public static SynapseException NoLogin(SftpHost host) => new(
        SynapseFailure.StorageRefused,
        $"The SFTP server {host.Name} wants a login: put username and password, or private_key, into {Section(host)}.");

    public static SynapseException Untrusted(SftpHost host, HostKeyVerdict verdict, string fingerprint)
    {
        var port = host.Port == 22 ? "" : $"-p {host.Port} ";
        var (what, remedy) = verdict switch
        {
            HostKeyVerdict.Changed => (
                "shows another host key than the one known, as somebody in between would",
                $"if whoever runs it confirms the new key, 'ssh-keygen -R' forgets the old one and 'ssh {port}{host.Address}' accepts the new"),
            HostKeyVerdict.Revoked => ("shows a host key that is revoked", "ask whoever runs it"),
            _ => (
                "shows a host key that nobody has vouched for",
                $"run 'ssh {port}{host.Address}' once, compare the fingerprint with that of whoever runs it, and accept it"),
        };
        return new SynapseException(
            SynapseFailure.StorageRefused, $"The SFTP server {host.Name} {what} ({fingerprint}); nothing was sent to it. Remedy: {remedy}.");
    }

    private static string Section(SftpHost host) => host.Login.Source;
}
