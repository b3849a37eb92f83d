namespace SynapseFs.Client.Governing;

/// <param name="Slots">How many may be under way at one time.</param>
/// <param name="BackgroundSlots">How many of them may be of a priority nobody waits for.</param>
/// <param name="PerWindow">How many may reach the other side within any <paramref name="Window"/>; null: no such limit.</param>
/// <param name="Reserve">How many starts of a window only awaited work may use.</param>
internal sealed record AdmissionLimits(int Slots, int BackgroundSlots, int? PerWindow, TimeSpan Window, int Reserve);
