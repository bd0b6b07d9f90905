/* SPDX-License-Identifier: MIT */
#include "logs/phrases.h"

/* Why the server refused a login, as its message catalogues (PostgreSQL 15) word it. The
 * DETAILs stand first: they say more than the message they belong to. */

/* clang-format off */
const struct phrase phrases_refused[] = {
    { "pg-expired", KIND_EXPIRED, "28P01", "r", false, {
        [LANGUAGE_DE] = "Benutzer »%s« hat ein abgelaufenes Passwort.",
        [LANGUAGE_ES] = "El usuario «%s» tiene contraseña expirada.",
        [LANGUAGE_FR] = "L'utilisateur « %s » a un mot de passe expiré.",
        [LANGUAGE_IT] = "L'utente \"%s\" ha la password scaduta.",
        [LANGUAGE_JA] = "ユーザー\"%s\"のパスワードは期限切れです。",
        [LANGUAGE_KA] = "მომხმარებლის პაროლის ვადა გასულია: %s.",
        [LANGUAGE_KO] = "\"%s\" 사용자 비밀번호가 기한 만료되었습니다.",
        [LANGUAGE_RU] = "Срок действия пароля пользователя \"%s\" истёк.",
        [LANGUAGE_SV] = "Användaren \"%s\" har ett utgånget lösenord.",
        [LANGUAGE_UK] = "Користувач \"%s\" має прострочений пароль.",
        [LANGUAGE_ZH_CN] = "用户 \"%s\" 的密码已过期。",
        [LANGUAGE_ZH_TW] = "使用者 \"%s\" 的密碼已過期。",
    } },
    { "pg-detail-no-role", KIND_NO_ROLE, "28P01", "r", false, {
        [LANGUAGE_DE] = "Rolle »%s« existiert nicht.",
        [LANGUAGE_ES] = "No existe el rol «%s».",
        [LANGUAGE_FR] = "Le rôle « %s » n'existe pas.",
        [LANGUAGE_IT] = "Il ruolo \"%s\" non esiste.",
        [LANGUAGE_JA] = "ロール\"%s\"は存在しません。",
        [LANGUAGE_KA] = "როლი არ არსებობს: \"%s\".",
        [LANGUAGE_KO] = "\"%s\" 롤 없음",
        [LANGUAGE_RU] = "Роль \"%s\" не существует.",
        [LANGUAGE_SV] = "Rollen \"%s\" finns inte.",
        [LANGUAGE_UK] = "Роль \"%s\" не існує.",
        [LANGUAGE_ZH_CN] = "角色 \"%s\" 不存在。",
        [LANGUAGE_ZH_TW] = "角色 \"%s\" 不存在。",
    } },
    { "pg-no-password-set", KIND_AUTH_FAILED, "28P01", "r", false, {
        [LANGUAGE_DE] = "Benutzer »%s« hat kein Passwort zugewiesen.",
        [LANGUAGE_ES] = "El usuario «%s» no tiene una contraseña asignada.",
        [LANGUAGE_FR] = "L'utilisateur « %s » n'a pas de mot de passe affecté.",
        [LANGUAGE_IT] = "L'utente \"%s\" non ha una password assegnata.",
        [LANGUAGE_JA] = "ユーザー\"%s\"はパスワードが設定されていません。",
        [LANGUAGE_KA] = "მომხმარებელს პაროლი მინიჭებული არ აქვს: %s.",
        [LANGUAGE_KO] = "\"%s\" 사용자 비밀번호가 아직 할당되지 않음",
        [LANGUAGE_RU] = "Пользователь \"%s\" не имеет пароля.",
        [LANGUAGE_SV] = "Användaren \"%s\" har inget lösenord satt.",
        [LANGUAGE_UK] = "Користувач \"%s\" не має пароля.",
        [LANGUAGE_ZH_CN] = "尚未为用户 \"%s\" 分配密码。",
        [LANGUAGE_ZH_TW] = "尚未為使用者 \"%s\" 指派密碼。",
    } },
    { "pg-no-scram-secret", KIND_SCRAM, "28P01", "r", false, {
        [LANGUAGE_DE] = "Benutzer »%s« hat kein gültiges SCRAM-Geheimnis.",
        [LANGUAGE_ES] = "El usuario «%s» no tiene un secreto SCRAM válido.",
        [LANGUAGE_FR] = "L'utilisateur « %s » n'a pas de secret SCRAM valide.",
        [LANGUAGE_IT] = "L'utente \"%s\" non ha un segreto SCRAM valido.",
        [LANGUAGE_JA] = "ユーザー\"%s\"は有効なSCRAMシークレットを持ちません。",
        [LANGUAGE_KA] = "მომხმარებელს \"%s\" სწორი SCRAM საიდუმლო არ გააჩნია.",
        [LANGUAGE_KO] = "\"%s\" 사용자용 바른 SCRAM secret이 없습니다.",
        [LANGUAGE_RU] = "Для пользователя \"%s\" нет подходящей записи секрета SCRAM.",
        [LANGUAGE_SV] = "Användare \"%s\" har inte en giltig SCRAM-hemlighet.",
        [LANGUAGE_UK] = "Користувач \"%s\" не має припустимого секрету SCRAM.",
        [LANGUAGE_ZH_CN] = "用户 \"%s\" 没有有效的 SCRAM 密码校验信息。",
        [LANGUAGE_ZH_TW] = "使用者 \"%s\" 沒有有效的 SCRAM 密碼校驗資訊。",
    } },
    { "pg-not-for-md5", KIND_SCRAM, "28P01", "r", false, {
        [LANGUAGE_DE] = "Benutzer »%s« hat ein Passwort, das nicht mit "
            "MD5-Authentifizierung verwendet werden kann.",
        [LANGUAGE_ES] = "El usuario \"%s\" tiene una contraseña que no se puede "
            "usar con la autentificación MD5.",
        [LANGUAGE_FR] = "L'utilisateur « %s » a un mot de passe qui ne peut pas "
            "être utilisé avec une authentification MD5.",
        [LANGUAGE_IT] = "L'utente \"%s\" ha una password che non può essere "
            "usata con l'autenticazione MD5.",
        [LANGUAGE_JA] = "ユーザー\"%s\"のパスワードはMD5認証で使用不能です。",
        [LANGUAGE_KA] = "მომხმარებლის (\"%s\") პაროლის გამოყენება MD5-ით "
            "ავთენტიკაციისთვის შეუძლებელია.",
        [LANGUAGE_KO] = "\"%s\" 사용자의 비밀번호는 MD5 인증용이 아닙니다.",
        [LANGUAGE_RU] = "Пользователь \"%s\" имеет пароль, неподходящий для "
            "аутентификации по MD5.",
        [LANGUAGE_SV] = "Användaren \"%s\" har ett lösenord som inte kan "
            "användas med MD5-autentisering.",
        [LANGUAGE_UK] = "Користувач \"%s\" має пароль, який не можна "
            "використовувати з автентифікацією MD5.",
        [LANGUAGE_ZH_CN] = "用户 \"%s\" 的密码不能用于 MD5 认证。",
        [LANGUAGE_ZH_TW] = "使用者 \"%s\" 的密碼不能用於 MD5 驗證。",
    } },
    { "pg-password", KIND_AUTH_FAILED, "28P01", "r", false, {
        [LANGUAGE_DE] = "Passwort-Authentifizierung für Benutzer »%s« fehlgeschlagen",
        [LANGUAGE_ES] = "la autentificación password falló para el usuario «%s»",
        [LANGUAGE_FR] = "authentification par mot de passe échouée pour l'utilisateur  « %s »",
        [LANGUAGE_IT] = "autenticazione con password fallita per l'utente \"%s\"",
        [LANGUAGE_JA] = "ユーザー\"%s\"のパスワード認証に失敗しました",
        [LANGUAGE_KA] = "პაროლით ავთენტიფიკაცია მომხმარებლისთვის \"%s\" ვერ მოხერხდა",
        [LANGUAGE_KO] = "사용자 \"%s\"의 password 인증을 실패했습니다",
        [LANGUAGE_RU] = "пользователь \"%s\" не прошёл проверку подлинности (по паролю)",
        [LANGUAGE_SV] = "Lösenordsautentisering misslyckades för användare \"%s\"",
        [LANGUAGE_UK] = "користувач \"%s\" не пройшов автентифікацію за допомогою пароля",
        [LANGUAGE_ZH_CN] = "用户 \"%s\" 的密码认证失败",
        [LANGUAGE_ZH_TW] = "密碼驗證使用者 \"%s\" 失敗",
    } },
    { "pg-empty-password", KIND_AUTH_FAILED, "28P01", "", false, {
        [LANGUAGE_DE] = "Client gab leeres Passwort zurück",
        [LANGUAGE_ES] = "el cliente retornó una contraseña vacía",
        [LANGUAGE_FR] = "mot de passe vide renvoyé par le client",
        [LANGUAGE_IT] = "il client ha restituito una password vuota",
        [LANGUAGE_JA] = "クライアントから空のパスワードが返されました",
        [LANGUAGE_KA] = "კლიენტმა ცარიელი პაროლი დააბრუნა",
        [LANGUAGE_KO] = "비어있는 암호는 클라이언트에 의해 돌려보냈습니다",
        [LANGUAGE_RU] = "клиент возвратил пустой пароль",
        [LANGUAGE_SV] = "tomt lösenord returnerat av klient",
        [LANGUAGE_UK] = "клієнт повернув пустий пароль",
        [LANGUAGE_ZH_CN] = "客户端返回空密码",
        [LANGUAGE_ZH_TW] = "客戶端傳回空密碼",
    } },
    { "pg-ident", KIND_AUTH_FAILED, "28000", "r", false, {
        [LANGUAGE_DE] = "Ident-Authentifizierung für Benutzer »%s« fehlgeschlagen",
        [LANGUAGE_ES] = "la autentificación Ident falló para el usuario «%s»",
        [LANGUAGE_FR] = "Échec de l'authentification Ident pour l'utilisateur « %s »",
        [LANGUAGE_IT] = "Autenticazione Ident fallita per l'utente \"%s\"",
        [LANGUAGE_JA] = "ユーザー\"%s\"のIdent認証に失敗しました",
        [LANGUAGE_KA] = "იდენტიფიკაციით ავთენტიფიკაცია მომხმარებლისთვის \"%s\" ვერ მოხერხდა",
        [LANGUAGE_KO] = "사용자 \"%s\"의 Ident 인증을 실패했습니다.",
        [LANGUAGE_RU] = "пользователь \"%s\" не прошёл проверку подлинности (Ident)",
        [LANGUAGE_SV] = "Ident-autentisering misslyckades för användare \"%s\"",
        [LANGUAGE_UK] = "Користувач \"%s\" не пройшов автентифікацію Ident",
        [LANGUAGE_ZH_CN] = "用户 \"%s\" 的 Ident 认证失败",
        [LANGUAGE_ZH_TW] = "Ident 驗證使用者 \"%s\" 失敗",
    } },
    { "pg-peer", KIND_AUTH_FAILED, "28000", "r", false, {
        [LANGUAGE_DE] = "Peer-Authentifizierung für Benutzer »%s« fehlgeschlagen",
        [LANGUAGE_ES] = "la autentificación Peer falló para el usuario «%s»",
        [LANGUAGE_FR] = "authentification peer échouée pour l'utilisateur « %s »",
        [LANGUAGE_IT] = "Autenticazione Peer fallita per l'utente \"%s\"",
        [LANGUAGE_JA] = "ユーザー\"%s\"で対向(peer)認証に失敗しました",
        [LANGUAGE_KA] = "პარტნიორის ავთენტიფიკაცია მომხმარებლისთვის \"%s\" ვერ მოხერხდა",
        [LANGUAGE_KO] = "사용자 \"%s\"의 peer 인증을 실패했습니다.",
        [LANGUAGE_RU] = "пользователь \"%s\" не прошёл проверку подлинности (Peer)",
        [LANGUAGE_SV] = "Peer-autentisering misslyckades för användare \"%s\"",
        [LANGUAGE_UK] = "Користувач \"%s\" не пройшов автентифікацію Peer",
        [LANGUAGE_ZH_CN] = "用户 \"%s\" 的对等认证失败",
        [LANGUAGE_ZH_TW] = "Peer 驗證使用者 \"%s\" 失敗",
    } },
    { "pg-pam", KIND_AUTH_FAILED, "28000", "r", false, {
        [LANGUAGE_DE] = "PAM-Authentifizierung für Benutzer »%s« fehlgeschlagen",
        [LANGUAGE_ES] = "la autentificación PAM falló para el usuario «%s»",
        [LANGUAGE_FR] = "authentification PAM échouée pour l'utilisateur « %s »",
        [LANGUAGE_IT] = "Autenticazione PAM fallita per l'utente \"%s\"",
        [LANGUAGE_JA] = "ユーザー\"%s\"のPAM認証に失敗しました",
        [LANGUAGE_KA] = "PAM ავთენტიფიკაცია მომხმარებლისთვის \"%s\" ვერ მოხერხდა",
        [LANGUAGE_KO] = "사용자 \"%s\"의 PAM 인증을 실패했습니다.",
        [LANGUAGE_RU] = "пользователь \"%s\" не прошёл проверку подлинности (PAM)",
        [LANGUAGE_SV] = "PAM-autentisering misslyckades för användare \"%s\"",
        [LANGUAGE_UK] = "Користувач \"%s\" не пройшов автентифікацію PAM",
        [LANGUAGE_ZH_CN] = "用户 \"%s\" 的 PAM 认证失败",
        [LANGUAGE_ZH_TW] = "PAM 驗證使用者 \"%s\" 失敗",
    } },
    { "pg-ldap", KIND_AUTH_FAILED, "28000", "r", false, {
        [LANGUAGE_DE] = "LDAP-Authentifizierung für Benutzer »%s« fehlgeschlagen",
        [LANGUAGE_ES] = "la autentificación LDAP falló para el usuario «%s»",
        [LANGUAGE_FR] = "authentification LDAP échouée pour l'utilisateur « %s »",
        [LANGUAGE_IT] = "Autenticazione LDAP fallita per l'utente \"%s\"",
        [LANGUAGE_JA] = "ユーザー\"%s\"のLDAP認証に失敗しました",
        [LANGUAGE_KA] = "LDAP ავთენტიფიკაცია მომხმარებლისთვის \"%s\" ვერ მოხერხდა",
        [LANGUAGE_KO] = "\"%s\" 사용자의 LDAP 인증을 실패했습니다.",
        [LANGUAGE_RU] = "пользователь \"%s\" не прошёл проверку подлинности (LDAP)",
        [LANGUAGE_SV] = "LDAP-autentisering misslyckades för användare \"%s\"",
        [LANGUAGE_UK] = "Користувач \"%s\" не пройшов автентифікацію LDAP",
        [LANGUAGE_ZH_CN] = "用户 \"%s\" 的 LDAP 认证失败",
        [LANGUAGE_ZH_TW] = "LDAP 驗證使用者 \"%s\" 失敗",
    } },
    { "pg-radius", KIND_AUTH_FAILED, "28000", "r", false, {
        [LANGUAGE_DE] = "RADIUS-Authentifizierung für Benutzer »%s« fehlgeschlagen",
        [LANGUAGE_ES] = "la autentificación RADIUS falló para el usuario «%s»",
        [LANGUAGE_FR] = "authentification RADIUS échouée pour l'utilisateur « %s »",
        [LANGUAGE_IT] = "Autenticazione RADIUS fallita per l'utente \"%s\"",
        [LANGUAGE_JA] = "ユーザー\"%s\"の RADIUS 認証に失敗しました",
        [LANGUAGE_KA] = "რადიუსით ავთენტიფიკაცია მომხმარებლისთვის \"%s\" ვერ მოხერხდა",
        [LANGUAGE_KO] = "사용자 \"%s\"의 RADIUS 인증을 실패했습니다.",
        [LANGUAGE_RU] = "пользователь \"%s\" не прошёл проверку подлинности (RADIUS)",
        [LANGUAGE_SV] = "RADOUS-autentisering misslyckades för användare \"%s\"",
        [LANGUAGE_UK] = "Користувач \"%s\" не пройшов автентифікацію RADIUS",
        [LANGUAGE_ZH_CN] = "用户 \"%s\" 的 RADIUS 认证失败",
        [LANGUAGE_ZH_TW] = "RADIUS 驗證使用者 \"%s\" 失敗",
    } },
    { "pg-gssapi", KIND_AUTH_FAILED, "28000", "r", false, {
        [LANGUAGE_DE] = "GSSAPI-Authentifizierung für Benutzer »%s« fehlgeschlagen",
        [LANGUAGE_ES] = "la autentificación GSSAPI falló para el usuario «%s»",
        [LANGUAGE_FR] = "authentification GSSAPI échouée pour l'utilisateur « %s »",
        [LANGUAGE_IT] = "autenticazione GSSAPI fallita per l'utente \"%s\"",
        [LANGUAGE_JA] = "ユーザー\"%s\"のGSSAPI認証に失敗しました",
        [LANGUAGE_KA] = "GSSAPI ავთენტიფიკაცია მომხმარებლისთვის \"%s\" ვერ მოხერხდა",
        [LANGUAGE_KO] = "\"%s\" 사용자에 대한 GSSAPI 인증을 실패했습니다.",
        [LANGUAGE_RU] = "пользователь \"%s\" не прошёл проверку подлинности (GSSAPI)",
        [LANGUAGE_SV] = "GSSAPI-autentisering misslyckades för användare \"%s\"",
        [LANGUAGE_UK] = "Користувач \"%s\" не пройшов автентифікацію GSSAPI",
        [LANGUAGE_ZH_CN] = "用户 \"%s\" 的 GSSAPI 认证失败",
        [LANGUAGE_ZH_TW] = "GSSAPI 驗證使用者 \"%s\" 失敗",
    } },
    { "pg-cert", KIND_AUTH_FAILED, "28000", "r", false, {
        [LANGUAGE_DE] = "Zertifikatauthentifizierung für Benutzer »%s« fehlgeschlagen",
        [LANGUAGE_ES] = "la autentificación por certificado falló para el usuario «%s»",
        [LANGUAGE_FR] = "authentification par le certificat échouée pour l'utilisateur « %s »",
        [LANGUAGE_IT] = "autenticazione con certificato fallita per l'utente \"%s\"",
        [LANGUAGE_JA] = "ユーザー\"%s\"の証明書認証に失敗しました",
        [LANGUAGE_KA] = "სერტიფიკატით ავთენტიფიკაცია მომხმარებლისთვის \"%s\" ვერ მოხერხდა",
        [LANGUAGE_KO] = "사용자 \"%s\"의 인증서 인증을 실패했습니다",
        [LANGUAGE_RU] = "пользователь \"%s\" не прошёл проверку подлинности (по сертификату)",
        [LANGUAGE_SV] = "certifikat-autentisering misslyckades för användare \"%s\"",
        [LANGUAGE_UK] = "користувач \"%s\" не пройшов автентифікацію за сертифікатом",
        [LANGUAGE_ZH_CN] = "用户 \"%s\" 的证书认证失败",
        [LANGUAGE_ZH_TW] = "憑證驗證使用者 \"%s\" 失敗",
    } },
    { "pg-role-login", KIND_NO_ROLE, "28000", "r", false, {
        [LANGUAGE_DE] = "Rolle »%s« hat keine Berechtigung zum Einloggen",
        [LANGUAGE_ES] = "al rol «%s» no se le permite conectarse",
        [LANGUAGE_FR] = "le rôle « %s » n'est pas autorisé à se connecter",
        [LANGUAGE_IT] = "al ruolo \"%s\" non è consentito effettuare il login",
        [LANGUAGE_JA] = "ロール\"%s\"はログインが許可されません",
        [LANGUAGE_KA] = "როლს შესვლის უფლება არ აქვს: %s",
        [LANGUAGE_KO] = "\"%s\" 롤은 접속을 허용하지 않음",
        [LANGUAGE_RU] = "для роли \"%s\" вход запрещён",
        [LANGUAGE_SV] = "roll \"%s\" tillåts inte logga in",
        [LANGUAGE_UK] = "для ролі \"%s\" вхід не дозволений",
        [LANGUAGE_ZH_CN] = "不允许角色 \"%s\" 进行登录",
        [LANGUAGE_ZH_TW] = "不允許角色 \"%s\" 登入",
    } },
    { "pg-role", KIND_NO_ROLE, "28000", "r", true, {
        [LANGUAGE_DE] = "Rolle »%s« existiert nicht",
        [LANGUAGE_ES] = "no existe el rol «%s»",
        [LANGUAGE_FR] = "le rôle « %s » n'existe pas",
        [LANGUAGE_IT] = "il ruolo \"%s\" non esiste",
        [LANGUAGE_JA] = "ロール\"%s\"は存在しません",
        [LANGUAGE_KA] = "როლი არ არსებობს: \"%s\"",
        [LANGUAGE_KO] = "\"%s\" 롤(role) 없음",
        [LANGUAGE_RU] = "роль \"%s\" не существует",
        [LANGUAGE_SV] = "rollen \"%s\" finns inte",
        [LANGUAGE_UK] = "роль \"%s\" не існує",
        [LANGUAGE_ZH_CN] = "角色 \"%s\" 不存在",
        [LANGUAGE_ZH_TW] = "角色 \"%s\" 不存在",
    } },
    { "pg-hba", KIND_NO_HBA, "28000", "crd-", false, {
        [LANGUAGE_DE] = "kein pg_hba.conf-Eintrag für Host »%s«, Benutzer »%s«, "
            "Datenbank »%s«, %s",
        [LANGUAGE_ES] = "no hay una línea en pg_hba.conf para «%s», usuario "
            "«%s», base de datos «%s», %s",
        [LANGUAGE_FR] = "aucune entrée dans pg_hba.conf pour l'hôte « %s », "
            "utilisateur « %s »,\nbase de données « %s », %s",
        [LANGUAGE_IT] = "nessuna voce in pg_hba.conf per l'host \"%s\", utente "
            "\"%s\", database \"%s\", %s",
        [LANGUAGE_JA] = "pg_hba.conf にホスト\"%s\"、ユーザー\"%s\"、データベース\"%s, %s用のエントリがありません",
        [LANGUAGE_KA] = "pg_hba.conf-ში ჩანაწერი ჰოსტისთვის \"%s\" მომხმარებელი "
            "\"%s\", ბაზა \"%s\", %s აღმოჩენილი არაა",
        [LANGUAGE_KO] = "호스트 \"%s\", 사용자 \"%s\", 데이터베이스 \"%s\", %s 연결에 대한 설정이 "
            "pg_hba.conf 파일에 없습니다.",
        [LANGUAGE_RU] = "в pg_hba.conf нет записи для компьютера \"%s\", "
            "пользователя \"%s\", базы \"%s\", %s",
        [LANGUAGE_SV] = "ingen rad i pg_hba.conf för värd \"%s\", användare "
            "\"%s\", databas \"%s\", %s",
        [LANGUAGE_UK] = "в pg_hba.conf немає запису для хосту \"%s\", "
            "користувача \"%s\", бази даних \"%s\", %s",
        [LANGUAGE_ZH_CN] = "没有适用于主机 \"%s\", 用户 \"%s\", 数据库 \"%s\", %s 的 pg_hba.conf 条目",
        [LANGUAGE_ZH_TW] = "沒有主機 \"%s\", 使用者 \"%s\", 資料庫 \"%s\", %s 適用的 pg_hba.conf 項目",
    } },
    { "pg-hba-replication", KIND_NO_HBA, "28000", "cr-", false, {
        [LANGUAGE_DE] = "kein pg_hba.conf-Eintrag für Replikationsverbindung "
            "von Host »%s«, Benutzer »%s«, %s",
        [LANGUAGE_ES] = "no hay una línea en pg_hba.conf para la conexión de "
            "replicación desde el servidor «%s», usuario «%s», %s",
        [LANGUAGE_FR] = "aucune entrée dans pg_hba.conf pour la connexion de la "
            "réplication à partir de\nl'hôte « %s », utilisateur « %s », %s",
        [LANGUAGE_IT] = "nessuna voce in pg_hba.conf per connessioni di replica "
            "da host \"%s\", utente \"%s\", database \"%s\"",
        [LANGUAGE_JA] = "pg_hba.conf にホスト\"%s\"、ユーザー\"%s\", %s用のエントリがありません",
        [LANGUAGE_KA] = "pg_hba.conf-ში ჩანაწერი რეპლიკაციის შეერთების შესახებ "
            "ჰოსტიდან \"%s\" მომხმარებელი \"%s\", %s აღმოჩენილი არაა",
        [LANGUAGE_KO] = "호스트 \"%s\", 사용자 \"%s\", %s 연결이 복제용 연결로 pg_hba.conf 파일에 설정되어 있지 않습니다",
        [LANGUAGE_RU] = "в pg_hba.conf нет записи, разрешающей подключение для "
            "репликации с компьютера \"%s\" для пользователя \"%s\", %s",
        [LANGUAGE_SV] = "ingen rad i pg_hba.conf för replikeringsanslutning "
            "från värd \"%s\", användare \"%s\", %s",
        [LANGUAGE_UK] = "в pg_hba.conf немає запису, що дозволяє підключення "
            "для реплікації з хосту \"%s\", користувача \"%s\", %s",
        [LANGUAGE_ZH_CN] = "没有适用于主机 \"%s\", 用户 \"%s\", %s 的复制连接的 pg_hba.conf 条目",
        [LANGUAGE_ZH_TW] = "pg_hba.conf 沒有適用於主機 \"%s\", 使用者 \"%s\", %s 的複寫連線項目",
    } },
    { "pg-hba-rejects", KIND_NO_HBA, "28000", "crd-", false, {
        [LANGUAGE_DE] = "pg_hba.conf lehnt Verbindung ab für Host »%s«, "
            "Benutzer »%s«, Datenbank »%s«, %s",
        [LANGUAGE_ES] = "pg_hba.conf rechaza la conexión para el servidor «%s», "
            "usuario «%s», base de datos «%s», %s",
        [LANGUAGE_FR] = "pg_hba.conf rejette la connexion pour l'hôte « %s », "
            "utilisateur « %s », base\nde données « %s », %s",
        [LANGUAGE_IT] = "pg_hba.conf rifiuta connessioni per l'host \"%s\", "
            "utente \"%s\", database \"%s\", %s",
        [LANGUAGE_JA] = "pg_hba.conf の設定でホスト \"%s\"、ユーザー \"%s\"、データベース \"%s\", %sの接続を拒否しました",
        [LANGUAGE_KA] = "pg_hba.conf უარყოფს მიერთებას ჰოსტისთვის \"%s\", "
            "მომხმარებელი \"%s\", ბაზა \"%s\", %s",
        [LANGUAGE_KO] = "호스트 \"%s\", 사용자 \"%s\", 데이터베이스 \"%s\",  %s 연결이 "
            "pg_hba.conf 파일 설정에 따라 거부됩니다",
        [LANGUAGE_RU] = "pg_hba.conf отвергает подключение: компьютер \"%s\", "
            "пользователь \"%s\", база данных \"%s\", %s",
        [LANGUAGE_SV] = "pg_hba.conf avvisar anslutning för värd \"%s\", "
            "användare \"%s\", databas \"%s\", %s",
        [LANGUAGE_UK] = "pg_hba.conf відхиляє підключення для хосту \"%s\", "
            "користувача \"%s\", бази даних \"%s\", %s",
        [LANGUAGE_ZH_CN] = "pg_hba.conf 拒绝来自主机 \"%s\", 用户 \"%s\", 数据库 \"%s\", %s 的连接",
        [LANGUAGE_ZH_TW] = "pg_hba.conf 拒絕主機 \"%s\" 連線, 使用者 \"%s\", 資料庫 \"%s\", %s",
    } },
    { "pg-hba-rejects-replication", KIND_NO_HBA, "28000", "cr-", false, {
        [LANGUAGE_DE] = "pg_hba.conf lehnt Replikationsverbindung ab für Host "
            "»%s«, Benutzer »%s«, %s",
        [LANGUAGE_ES] = "pg_hba.conf rechaza la conexión de replicación para el "
            "servidor «%s», usuario «%s», %s",
        [LANGUAGE_FR] = "pg_hba.conf rejette la connexion de la réplication "
            "pour l'hôte « %s »,\nutilisateur « %s », %s",
        [LANGUAGE_IT] = "pg_hba.conf rifiuta connessioni di replica per l'host "
            "\"%s\", utente \"%s\", %s",
        [LANGUAGE_JA] = "pg_hba.conf の設定でホスト \"%s\"、ユーザー \"%s\", %s 用のレプリケーション接続を拒否しました",
        [LANGUAGE_KA] = "pg_hba.conf უარყოფს რეპლიკაციის მიერთებას ჰოსტისთვის "
            "\"%s\", მომხმარებელი \"%s\", %s",
        [LANGUAGE_KO] = "호스트 \"%s\", 사용자 \"%s\", %s 연결이 복제용 연결로는 pg_hba.conf 파일 설정에 따라 거부됩니다",
        [LANGUAGE_RU] = "pg_hba.conf отвергает подключение для репликации: "
            "компьютер \"%s\", пользователь \"%s\", \"%s\"",
        [LANGUAGE_SV] = "pg_hba.conf avvisar replikeringsanslutning för värd "
            "\"%s\", användare \"%s\", %s",
        [LANGUAGE_UK] = "pg_hba.conf відхиляє підключення реплікації для хосту "
            "\"%s\", користувача \"%s\", %s",
        [LANGUAGE_ZH_CN] = "pg_hba.conf 拒绝来自主机 \"%s\", 用户 \"%s\", %s 的复制连接",
        [LANGUAGE_ZH_TW] = "pg_hba.conf 拒絕主機 \"%s\" 的複寫連線, 使用者 \"%s\", %s",
    } },
    { "pg-database", KIND_NO_DB, "3D000", "d", true, {
        [LANGUAGE_DE] = "Datenbank »%s« existiert nicht",
        [LANGUAGE_ES] = "no existe la base de datos «%s»",
        [LANGUAGE_FR] = "la base de données « %s » n'existe pas",
        [LANGUAGE_IT] = "il database \"%s\" non esiste",
        [LANGUAGE_JA] = "データベース\"%s\"は存在しません",
        [LANGUAGE_KA] = "მონაცემთა ბაზა \"%s\" არ არსებობს",
        [LANGUAGE_KO] = "\"%s\" 데이터베이스 없음",
        [LANGUAGE_RU] = "база данных \"%s\" не существует",
        [LANGUAGE_SV] = "databasen \"%s\" existerar inte",
        [LANGUAGE_UK] = "бази даних \"%s\" не існує",
        [LANGUAGE_ZH_CN] = "数据库 \"%s\" 不存在",
        [LANGUAGE_ZH_TW] = "資料庫 \"%s\" 不存在",
    } },
    { "pg-database-closed", KIND_NO_DB, "55000", "d", false, {
        [LANGUAGE_DE] = "Datenbank »%s« akzeptiert gegenwärtig keine Verbindungen",
        [LANGUAGE_ES] = "la base de datos «%s» no acepta conexiones",
        [LANGUAGE_FR] = "la base de données « %s » n'accepte plus les connexions",
        [LANGUAGE_IT] = "il database \"%s\" attualmente non accetta connessioni",
        [LANGUAGE_JA] = "現在データベース\"%s\"は接続を受け付けません",
        [LANGUAGE_KA] = "ბაზა \"%s\" ამჟამად მიერთებებს არ იღებს",
        [LANGUAGE_KO] = "\"%s\" 데이터베이스는 현재 접속을 허용하지 않습니다",
        [LANGUAGE_RU] = "база \"%s\" не принимает подключения в данный момент",
        [LANGUAGE_SV] = "databasen \"%s\" tar för närvarande inte emot uppkopplingar",
        [LANGUAGE_UK] = "база даних \"%s\" не приймає підключення в даний момент",
        [LANGUAGE_ZH_CN] = "数据库 \"%s\" 当前不接受连接",
        [LANGUAGE_ZH_TW] = "資料庫 \"%s\" 目前並不接受連線",
    } },
    { "pg-connect-right", KIND_NO_ROLE, "42501", "", false, {
        [LANGUAGE_DE] = "Benutzer hat das CONNECT-Privileg nicht.",
        [LANGUAGE_ES] = "Usuario no tiene privilegios de conexión.",
        [LANGUAGE_FR] = "L'utilisateur n'a pas le droit CONNECT.",
        [LANGUAGE_IT] = "L'utente non ha il privilegio CONNECT.",
        [LANGUAGE_JA] = "ユーザーはCONNECT権限を持ちません。",
        [LANGUAGE_KA] = "მომხმარებელს CONNECT პრივილეგია არ გააჩნია.",
        [LANGUAGE_KO] = "사용자에게 CONNECT 권한이 없습니다.",
        [LANGUAGE_RU] = "Пользователь не имеет привилегии CONNECT.",
        [LANGUAGE_SV] = "Användaren har inte rättigheten CONNECT.",
        [LANGUAGE_UK] = "Користувач не має права CONNECT.",
        [LANGUAGE_ZH_CN] = "用户没有 CONNECT 权限。",
        [LANGUAGE_ZH_TW] = "使用者沒有 CONNECT 權限。",
    } },
};
const size_t phrases_refused_len = LEN(phrases_refused);
/* clang-format on */
